package io.durablesaga.lambda.costs;

import io.durablesaga.lambda.scenario.Program;
import io.durablesaga.lambda.scenario.World;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import software.amazon.lambda.durable.DurableConfig;
import software.amazon.lambda.durable.DurableContext;
import software.amazon.lambda.durable.DurableFuture;
import software.amazon.lambda.durable.TypeToken;
import software.amazon.lambda.durable.config.RunInChildContextConfig;
import software.amazon.lambda.durable.config.StepConfig;
import software.amazon.lambda.durable.config.StepSemantics;
import software.amazon.lambda.durable.exception.StepInterruptedException;
import software.amazon.lambda.durable.execution.DurableExecutor;
import software.amazon.lambda.durable.retry.RetryDecision;

/**
 * What a careful person writes once around the durable SDK and then uses for every step: a step starts before its body runs, an
 * interrupted one runs again, and how it went is a value that is recorded, so that no exception is ever taken for a failure.
 */
record Hand(DurableContext context, World world) {
    static final String DONE = "done";
    static final String FAILED = "failed";
    static final String NO = "no";

    static final StepConfig FENCED = StepConfig.builder()
            .semanticsPerRetry(StepSemantics.AT_MOST_ONCE_PER_RETRY)
            .retryStrategy(Hand::afterFailure)
            .build();

    private static final StepConfig READ_ONLY = StepConfig.builder()
            .retryStrategy((error, attempt) -> RetryDecision.fail())
            .build();
    private static final RunInChildContextConfig VIRTUAL =
            RunInChildContextConfig.builder().isVirtual(true).build();
    private static final int MOST_INTERRUPTIONS = 50;

    private static RetryDecision afterFailure(Throwable error, int attempt) {
        boolean again = error instanceof Again || error instanceof StepInterruptedException;
        return again && attempt < MOST_INTERRUPTIONS
                ? RetryDecision.retry(Duration.ofSeconds(attempt))
                : RetryDecision.fail();
    }

    /** The next attempt may work. */
    static final class Again extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A handler as a function. */
    static Program program(Function<Hand, String> handler) {
        return program(String.class, (input, hand) -> handler.apply(hand));
    }

    /** What a handler is that needs its input. */
    interface Handler<I> {
        String handle(I input, Hand hand);
    }

    /** A handler as a function. */
    static <I> Program program(Class<I> inputType, Handler<I> handler) {
        return (world, clock) -> (input, client, bodies) -> DurableExecutor.execute(
                input,
                null,
                TypeToken.get(inputType),
                (I payload, DurableContext context) -> handler.handle(payload, new Hand(context, world)),
                DurableConfig.builder()
                        .withDurableExecutionClient(client)
                        .withExecutorService(bodies)
                        .build());
    }

    /** A step that works. */
    String step(String name) {
        return begin(name).get();
    }

    /** A step that fares like this at each of its attempts. */
    String step(String name, IntFunction<String> attempts) {
        return begin(name, attempts).get();
    }

    DurableFuture<String> begin(String name) {
        return begin(name, attempt -> DONE);
    }

    private DurableFuture<String> begin(String name, IntFunction<String> attempts) {
        return context.stepAsync(
                name,
                String.class,
                step -> {
                    world.attempt(name, step.getAttempt());
                    return attempts.apply(step.getAttempt());
                },
                FENCED);
    }

    String capture(String name) {
        return context.step(
                name,
                String.class,
                step -> {
                    world.attempt(name, step.getAttempt());
                    return DONE;
                },
                READ_ONLY);
    }

    /** Several operations beside others, which record nothing but themselves. */
    DurableFuture<String> branch(String name, Consumer<Hand> operations) {
        return context.runInChildContextAsync(name, String.class, inside(operations), VIRTUAL);
    }

    /** For a context of the SDK's. */
    Function<DurableContext, String> inside(Consumer<Hand> operations) {
        return child -> {
            operations.accept(new Hand(child, world));
            return DONE;
        };
    }
}
