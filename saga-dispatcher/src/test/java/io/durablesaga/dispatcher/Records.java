package io.durablesaga.dispatcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records that tests dispatch. */
final class Records {
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Dispatch ORDERS = Dispatch.into("orders").key("/order");

    private Records() {}

    /** The record of an order. */
    static Incoming order(String number) {
        return record("id-" + number, "{\"order\": \"" + number + "\"}");
    }

    static Incoming record(String id, String body) {
        return Incoming.of(new Origin("test", "here", id), new Content.Text(body));
    }

    /** Orders of one group and lane. */
    static List<Incoming> inLane(String group, String lane, String... numbers) {
        return Arrays.stream(numbers)
                .map(number -> order(number).in(new Sequence(group, lane)))
                .toList();
    }

    @SafeVarargs
    static List<Incoming> together(List<Incoming>... lists) {
        List<Incoming> all = new ArrayList<>();
        for (List<Incoming> list : lists) {
            all.addAll(list);
        }
        return all;
    }

    static Decision one(Dispatch dispatch, ScriptedStarter starter, Incoming record) {
        try (Dispatcher dispatcher = Dispatcher.of(dispatch, starter)) {
            List<Decision> decisions = dispatcher.dispatch(List.of(record), MINUTE);
            return decisions.get(0);
        }
    }
}
