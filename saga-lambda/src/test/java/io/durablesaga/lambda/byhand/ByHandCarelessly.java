package io.durablesaga.lambda.byhand;

import java.util.ArrayDeque;
import java.util.Deque;
import software.amazon.lambda.durable.DurableContext;

/** The flow as most people write it by hand first: whatever is caught is taken for a failure of the order, which is then undone. */
public final class ByHandCarelessly {
    private final Services services;

    /** Over these services. */
    public ByHandCarelessly(Services services) {
        this.services = services;
    }

    /** The handler. */
    public String handleRequest(Purchase purchase, DurableContext context) {
        String keys = context.getExecutionArn() + ":";
        Deque<Runnable> undos = new ArrayDeque<>();
        try {
            String reservation =
                    context.step("reserve", String.class, step -> services.reserve(purchase.item(), keys + "reserve"));
            undos.push(() -> services.release(keys + "reserve", keys + "undo:reserve"));
            String payment = context.step(
                    "charge",
                    String.class,
                    step -> services.charge(purchase.card(), purchase.cents(), keys + "charge"));
            undos.push(() -> services.refund(keys + "charge", keys + "undo:charge"));
            String tracking = context.step("ship", String.class, step -> services.ship(reservation, keys + "ship"));
            return payment + ", " + tracking;
        } catch (Exception e) {
            undos.forEach(Runnable::run);
            return "undone";
        }
    }
}
