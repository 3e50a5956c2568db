package io.durablesaga.lambda.costs;

import static io.durablesaga.lambda.costs.Hand.DONE;
import static io.durablesaga.lambda.costs.Hand.FAILED;
import static io.durablesaga.lambda.costs.Hand.NO;
import static io.durablesaga.lambda.costs.Hand.program;

import io.durablesaga.lambda.byhand.ByHand;
import io.durablesaga.lambda.byhand.Purchase;
import io.durablesaga.lambda.scenario.Program;
import io.durablesaga.lambda.scenario.Shop;

/** Steps one after the other, by hand. */
final class HandWrittenSteps {
    private HandWrittenSteps() {}

    static Program one() {
        return program(hand -> hand.step("reserve"));
    }

    static Program retried() {
        return program(hand -> hand.step("reserve", HandWrittenSteps::workingAtThird));
    }

    private static String workingAtThird(int attempt) {
        if (attempt < 3) {
            throw new Hand.Again();
        }
        return DONE;
    }

    static Program rejected() {
        return program(hand -> {
            hand.step("reserve");
            hand.step("charge", attempt -> NO);
            return hand.step("undo:reserve");
        });
    }

    static Program failed() {
        return program(hand -> {
            hand.step("reserve");
            hand.step("charge", attempt -> FAILED);
            hand.step("undo:charge"); // it may have happened
            return hand.step("undo:reserve");
        });
    }

    static Program capture() {
        return program(hand -> hand.capture("capture:reserve"));
    }

    static Program when() {
        return program(
                String.class, (input, hand) -> hand.step("readable/" + (input.equals("books") ? "reserve" : "charge")));
    }

    static Program nested() {
        return program(HandWrittenSteps::inner);
    }

    private static String inner(Hand hand) {
        return hand.step("charge/reserve");
    }

    static Program stuck() {
        return program(hand -> {
            hand.step("reserve");
            hand.step("charge");
            hand.step("ship", attempt -> NO);
            hand.step("undo:charge", attempt -> FAILED);
            return hand.step("undo:reserve");
        });
    }

    static Program purchase(boolean closed) {
        return program(
                Purchase.class,
                (purchase, hand) -> new ByHand(new Shop(hand.world(), closed)).handleRequest(purchase, hand.context()));
    }
}
