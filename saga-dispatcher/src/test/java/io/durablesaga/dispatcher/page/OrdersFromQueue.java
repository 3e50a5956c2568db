package io.durablesaga.dispatcher.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.claimcheck.ClaimCheck;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.LargePayloads;
import io.durablesaga.dispatcher.Outcome;
import io.durablesaga.dispatcher.Received;
import io.durablesaga.dispatcher.Treatment;
import io.durablesaga.dispatcher.lambda.SqsDispatcher;
import org.jspecify.annotations.Nullable;

// dispatcher.md: a handler of one's own
/** The function's environment variables say the rest. */
public class OrdersFromQueue extends SqsDispatcher {
    /** What Lambda calls once per sandbox. */
    public OrdersFromQueue() {
        super(dispatch -> dispatch(dispatch, Services.ofEnvironment().largeOrders()));
    }

    static Dispatch dispatch(Dispatch said, ClaimCheck largeOrders) {
        return said.key(OrdersFromQueue::number)
                .largePayloads(LargePayloads.in(largeOrders))
                .on(Outcome.ENDED_BADLY, Treatment.NEXT_ATTEMPT)
                .mostAttempts(3);
    }

    /** An order has a number in its shop; one that lacks either has no key, and is poison. */
    private static @Nullable String number(Received received) {
        JsonNode shop = received.body().path("shop");
        JsonNode number = received.body().path("number");
        return shop.isTextual() && number.isIntegralNumber() ? shop.textValue() + "-" + number.asText() : null;
    }
}
// dispatcher.md: end
