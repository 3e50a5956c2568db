package io.durablesaga.client.server;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;

/**
 * What the server knows of the newest execution of a name.
 *
 * @param name what it was started under
 * @param arn what the service calls it
 * @param sequence its place in the order in which executions were started, from 1
 * @param starts how many executions were started under this name: more than one only if one was forgotten in between
 * @param requests how many requests were answered with an execution of this name, starts included
 * @param payload its input, or null if the server was told not to keep them
 * @param end how it stands
 */
public record Started(
        String name,
        String arn,
        long sequence,
        int starts,
        int requests,
        @Nullable String payload,
        End end) {
    /**
     * How an execution stands.
     *
     * @param result what it returned, as JSON
     * @param errorType what kind of failure ended it
     * @param errorMessage what that said
     * @param errorData more of it
     */
    public record End(
            ExecutionStatus status,
            @Nullable String result,
            @Nullable String errorType,
            @Nullable String errorMessage,
            @Nullable String errorData) {
        /** It has not ended. */
        public static final End RUNNING = new End(ExecutionStatus.RUNNING, null, null, null, null);

        /** Somebody stopped it. */
        public static final End STOPPED = new End(ExecutionStatus.STOPPED, null, "Stopped", "by a test", null);

        /** Its time was over. */
        public static final End TIMED_OUT = new End(ExecutionStatus.TIMED_OUT, null, "TimedOut", "by a test", null);

        /** The function returned this JSON. */
        public static End succeeded(String result) {
            return new End(ExecutionStatus.SUCCEEDED, result, null, null, null);
        }

        /** The function failed. */
        public static End failed(String type, @Nullable String message, @Nullable String data) {
            return new End(ExecutionStatus.FAILED, null, type, message, data);
        }
    }
}
