package io.durablesaga.lambda.byhand;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.lambda.durable.DurableContext;
import software.amazon.lambda.durable.config.StepConfig;
import software.amazon.lambda.durable.config.StepSemantics;
import software.amazon.lambda.durable.exception.StepException;
import software.amazon.lambda.durable.exception.StepInterruptedException;
import software.amazon.lambda.durable.retry.RetryDecision;

/**
 * The flow as a careful person writes it by hand: a clear no is a recorded value and no exception, a step starts before its body
 * runs, an interrupted one runs again with its key, and only what says that a step failed is caught.
 */
public final class ByHand {
    private static final StepConfig FENCED = StepConfig.builder()
            .semanticsPerRetry(StepSemantics.AT_MOST_ONCE_PER_RETRY)
            .retryStrategy((error, attempt) -> error instanceof StepInterruptedException && attempt < 50
                    ? RetryDecision.retry(Duration.ofSeconds(1))
                    : RetryDecision.fail())
            .build();

    private final Services services;

    /**
     * What a step came to.
     *
     * @param value what it returned, or null
     * @param maybe whether it may have happened though it returned nothing
     */
    public record Outcome(@Nullable String value, boolean maybe) {}

    /** Over these services. */
    public ByHand(Services services) {
        this.services = services;
    }

    /** The handler. */
    public String handleRequest(Purchase purchase, DurableContext context) {
        Deque<String> done = new ArrayDeque<>();
        Outcome reserved =
                action(context, "reserve", done, key -> answer(() -> services.reserve(purchase.item(), key)));
        if (reserved.value() == null) {
            return undone(context, done);
        }
        Outcome charged = action(
                context, "charge", done, key -> answer(() -> services.charge(purchase.card(), purchase.cents(), key)));
        if (charged.value() == null) {
            return undone(context, done);
        }
        Outcome shipped = action(
                context, "ship", done, key -> answer(() -> services.ship(String.valueOf(reserved.value()), key)));
        return shipped.value() == null ? undone(context, done) : charged.value() + ", " + shipped.value();
    }

    private static Outcome answer(Supplier<String> call) {
        try {
            return new Outcome(call.get(), false);
        } catch (Services.Declined declined) {
            return new Outcome(null, false);
        } catch (RuntimeException unclear) {
            return new Outcome(null, true); // a value too: what the SDK throws again is of any class
        }
    }

    private static Outcome action(
            DurableContext context, String name, Deque<String> done, Function<String, Outcome> body) {
        try {
            Outcome outcome = context.step(name, Outcome.class, step -> body.apply(key(context, name)), FENCED);
            if (outcome.value() != null || outcome.maybe()) {
                done.push(name);
            }
            return outcome;
        } catch (StepException failed) {
            done.push(name); // it may have happened
            return new Outcome(null, true);
        }
    }

    private String undone(DurableContext context, Deque<String> done) {
        for (String name : done) {
            context.step("undo:" + name, Boolean.class, step -> undo(name, context), FENCED);
        }
        return "undone";
    }

    private boolean undo(String name, DurableContext context) {
        String action = key(context, name);
        String key = key(context, "undo:" + name);
        switch (name) {
            case "reserve" -> services.release(action, key);
            case "charge" -> services.refund(action, key);
            default -> services.recall(action, key);
        }
        return true;
    }

    private static String key(DurableContext context, String name) {
        return context.getExecutionArn() + ":" + name;
    }
}
