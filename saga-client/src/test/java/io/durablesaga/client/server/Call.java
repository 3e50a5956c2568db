package io.durablesaga.client.server;

import org.jspecify.annotations.Nullable;

/**
 * A request that has arrived.
 *
 * @param number the how manieth it is, from 1
 * @param operation what is asked
 * @param function the function as the request names it, or null if it names none
 * @param qualifier the version or alias, or null
 * @param execution the name that is started or looked for, or the ARN that is read
 */
public record Call(
        long number,
        Operation operation,
        @Nullable String function,
        @Nullable String qualifier,
        @Nullable String execution) {
    /** What the server plays. */
    public enum Operation {
        /** Invoke. */
        INVOKE,
        /** GetDurableExecution. */
        GET,
        /** ListDurableExecutionsByFunction. */
        LIST
    }
}
