package io.durablesaga.dispatcher.killed;

import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A source that always says the same: records of orders, and after every five of them one that has come before. No order comes twice but for
 * that.
 *
 * @param records how many there are, without those that come again
 */
record OrderStream(int records) {
    private static final int REDELIVERED_EACH = 5;

    /** How many there are, with those that come again: a fifth as many as there are others. */
    int deliveries() {
        return records + records / REDELIVERED_EACH;
    }

    /** Those from here on, at most so many. */
    List<Incoming> from(int position, int most) {
        List<Incoming> batch = new ArrayList<>();
        for (int at = position; at < Math.min(position + most, deliveries()); at++) {
            batch.add(delivery(at));
        }
        return batch;
    }

    /** Five orders are followed by one of those that came so far. */
    private Incoming delivery(int at) {
        int group = at / (REDELIVERED_EACH + 1);
        int within = at % (REDELIVERED_EACH + 1);
        int order = within < REDELIVERED_EACH
                ? group * REDELIVERED_EACH + within
                : new SplittableRandom(at).nextInt((group + 1) * REDELIVERED_EACH);
        byte[] body =
                ("{\"order\":\"" + name(order) + "\",\"cups\":" + order % 7 + "}").getBytes(StandardCharsets.UTF_8);
        // a producer that sends again gives another id
        return Incoming.of(new Origin("stream", "orders", Integer.toString(at)), new Content.Bytes(body));
    }

    static String name(int order) {
        return "o" + order;
    }
}
