package io.durablesaga.lambda.costs;

import static io.durablesaga.lambda.costs.Hand.DONE;
import static io.durablesaga.lambda.costs.Hand.NO;
import static io.durablesaga.lambda.costs.Hand.program;

import io.durablesaga.lambda.scenario.Program;
import java.time.Duration;
import java.util.List;
import software.amazon.lambda.durable.DurableFuture;
import software.amazon.lambda.durable.config.MapConfig;

/** Operations beside each other, by hand: with as few operations as it takes, and as the SDK documents it. */
final class HandWrittenGroups {
    private static final List<String> ITEMS = List.of("a", "b", "c");
    private static final List<String> TWO_ITEMS = List.of("a", "b");
    private static final MapConfig TWO_AT_ONCE =
            MapConfig.builder().maxConcurrency(2).build();

    private HandWrittenGroups() {}

    // plain steps

    static Program parallel() {
        return program(hand -> {
            DurableFuture<String> reserved = hand.begin("together/reserve");
            DurableFuture<String> charged = hand.begin("together/charge");
            return reserved.get() + charged.get();
        });
    }

    static Program parallelAsDocumented() {
        return program(hand -> {
            try (var parallel = hand.context().parallel("together")) {
                parallel.branch("reserve", String.class, hand.inside(in -> in.step("together/reserve")));
                parallel.branch("charge", String.class, hand.inside(in -> in.step("together/charge")));
            }
            return DONE;
        });
    }

    // a branch of several operations

    static Program branch() {
        return program(hand -> {
            DurableFuture<String> reserved = hand.begin("together/reserve");
            DurableFuture<String> paid = hand.branch("together/payment", HandWrittenGroups::payment);
            return reserved.get() + paid.get() + hand.step("ship");
        });
    }

    static Program branchAsDocumented() {
        return program(hand -> {
            try (var parallel = hand.context().parallel("together")) {
                parallel.branch("reserve", String.class, hand.inside(in -> in.step("together/reserve")));
                parallel.branch("payment", String.class, hand.inside(HandWrittenGroups::payment));
            }
            return hand.step("ship");
        });
    }

    private static void payment(Hand in) {
        in.step("together/payment/charge");
        in.context().wait("together/payment/clear", Duration.ofMinutes(1));
        in.step("together/payment/book");
    }

    // for each item

    static Program forEach() {
        return program(hand -> {
            ITEMS.forEach(item -> hand.step("items[" + item + "]/reserve"));
            return DONE;
        });
    }

    static Program forEachTogether() {
        return program(hand -> {
            DurableFuture<String> first = hand.begin(reserve("a"));
            DurableFuture<String> second = hand.begin(reserve("b"));
            return first.get() + hand.step(reserve("c")) + second.get();
        });
    }

    static Program forEachTogetherAsDocumented() {
        return program(hand -> {
            hand.context()
                    .map(
                            "together",
                            ITEMS,
                            String.class,
                            (item, index, child) ->
                                    hand.inside(in -> in.step(reserve(item))).apply(child),
                            TWO_AT_ONCE);
            return DONE;
        });
    }

    static Program forEachBranch() {
        return program(hand -> {
            together(hand, HandWrittenGroups::item);
            hand.step("ship", attempt -> NO);
            return together(hand, HandWrittenGroups::undoneItem);
        });
    }

    private interface ItemBody {
        void run(String item, Hand in);
    }

    private static String together(Hand hand, ItemBody body) {
        List<DurableFuture<String>> branches = TWO_ITEMS.stream()
                .map(item -> hand.branch(item, in -> body.run(item, in)))
                .toList();
        branches.forEach(DurableFuture::get);
        return DONE;
    }

    static Program forEachBranchAsDocumented() {
        return program(hand -> {
            mapped("together", hand, HandWrittenGroups::item);
            hand.step("ship", attempt -> NO);
            return mapped("undo:together", hand, HandWrittenGroups::undoneItem);
        });
    }

    private static String mapped(String name, Hand hand, ItemBody body) {
        hand.context()
                .map(
                        name,
                        TWO_ITEMS,
                        String.class,
                        (item, index, child) ->
                                hand.inside(in -> body.run(item, in)).apply(child));
        return DONE;
    }

    private static void item(String item, Hand in) {
        in.step(reserve(item));
        in.step("together[" + item + "]/charge");
    }

    private static void undoneItem(String item, Hand in) {
        in.step("undo:together[" + item + "]/charge");
        in.step("undo:" + reserve(item));
    }

    private static String reserve(String item) {
        return "together[" + item + "]/reserve";
    }
}
