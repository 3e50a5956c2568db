package io.durablesaga.engine;

import io.durablesaga.Saga;
import io.durablesaga.SagaDefinitionException;
import io.durablesaga.WorstCase;
import java.time.Duration;

/**
 * What an engine can hold of one execution.
 *
 * @param operations the most operations, attempts and looks included
 * @param bytes the most bytes recorded
 * @param duration the longest time
 * @param nameLength the most characters of an operation's name
 */
public record EngineLimits(long operations, long bytes, Duration duration, int nameLength) {

    /**
     * Refuses a saga whose worst case does not fit.
     *
     * @throws SagaDefinitionException naming the saga, the number and the remedy
     */
    public void check(Saga<?, ?> saga) {
        WorstCase worst = saga.worstCase();
        if (worst.meteredOperations() > operations) {
            throw new SagaDefinitionException(
                    saga.name(),
                    "up to " + worst.meteredOperations() + " operations, and this engine holds " + operations,
                    "lower the bounds of its forEach nodes, its retries or its polls, or invoke a part as its own saga");
        }
        if (worst.bytes() > bytes) {
            throw new SagaDefinitionException(
                    saga.name(),
                    "up to " + worst.bytes() + " bytes of records, and this engine holds " + bytes,
                    "bound results with resultAtMost(bytes), or record a reference instead of the thing");
        }
        if (worst.duration().compareTo(duration) > 0) {
            throw new SagaDefinitionException(
                    saga.name(),
                    "up to " + worst.duration() + ", and this engine allows " + duration,
                    "shorten its sleeps, timeouts, retries or parking, or raise the limit where the engine lets you");
        }
        if (worst.nameLength() > nameLength) {
            throw new SagaDefinitionException(
                    saga.name(),
                    "operation names of up to " + worst.nameLength() + " characters, and this engine holds "
                            + nameLength,
                    "shorten the names on its longest path, or nest less deeply");
        }
    }
}
