package io.durablesaga.lambda;

import io.durablesaga.Node;
import io.durablesaga.Saga;
import io.durablesaga.SagaDefinitionException;
import io.durablesaga.Undo;
import io.durablesaga.engine.EngineLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What Lambda holds of one execution, and what it therefore refuses before anything runs. */
final class LambdaLimits {
    static final String CAPTURE_PREFIX = "capture:";

    /** The longest that an invocation can last, which bounds every attempt. */
    static final Duration LONGEST_INVOCATION = Duration.ofMinutes(15);

    /** The most bytes of a payload that is recorded. */
    static final int PAYLOAD = 262_144;

    private static final long OPERATIONS = 3_000 - 100; // an attempt that is cut short counts too, and none is foreseen
    private static final long BYTES = 100L * 1024 * 1024;
    private static final int NAME = 256 - (CAPTURE_PREFIX.length() - "decide:".length()); // the core's longest prefix

    private LambdaLimits() {}

    /**
     * Refuses a saga that may not fit.
     *
     * @throws SagaDefinitionException naming the saga, the number and the remedy
     */
    static void check(Saga<?, ?> saga, Duration executionTimeout) {
        Duration longest = saga.worstCase().duration();
        if (longest.compareTo(executionTimeout) > 0) {
            throw new SagaDefinitionException(
                    saga.name(),
                    "up to " + longest + ", and an execution of this function has " + executionTimeout,
                    "raise ExecutionTimeout in the function's DurableConfig and say the same as "
                            + LambdaSettings.EXECUTION_TIMEOUT_SECONDS
                            + " or with LambdaSettings.executionTimeout(...),"
                            + " or shorten the saga's sleeps, timeouts, retries or parking");
        }
        new EngineLimits(OPERATIONS, BYTES, executionTimeout, NAME).check(saga);
        checkAttempts(saga, LONGEST_INVOCATION);
    }

    /**
     * Refuses a saga with an attempt that an invocation of this length cannot hold.
     *
     * @throws SagaDefinitionException naming the saga, the step and the remedy
     */
    static void checkAttempts(Saga<?, ?> saga, Duration invocation) {
        Duration longest = invocation.minus(Deadline.MARGIN);
        for (Node node : saga.everyNode()) {
            if (node instanceof Node.Capture capture) {
                check(saga, node, capture.options().timeout(), longest);
            } else if (node instanceof Node.Step step) {
                check(saga, node, step.options().timeout(), longest);
                check(saga, node, timeout(step.undo()), longest);
            } else if (node instanceof Node.Await await) {
                check(saga, node, await.options().timeout(), longest);
                check(saga, node, timeout(await.undo()), longest);
            } else if (node instanceof Node.Invoke invoke) {
                check(saga, node, timeout(invoke.undo()), longest);
            }
        }
    }

    private static @Nullable Duration timeout(Undo<?, ?> undo) {
        return undo instanceof Undo.By<?, ?> by ? by.options().timeout() : null;
    }

    private static void check(Saga<?, ?> saga, Node node, @Nullable Duration timeout, Duration longest) {
        if (timeout != null && timeout.compareTo(longest) > 0) {
            throw new SagaDefinitionException(
                    saga.name(),
                    node.name(),
                    "an attempt of it or of its undo may take " + timeout + ", and an invocation of the function has "
                            + longest + " for one",
                    "raise the function's Timeout, which goes up to " + LONGEST_INVOCATION
                            + ", shorten the attempt's, or start long work in a step and await its end");
        }
    }
}
