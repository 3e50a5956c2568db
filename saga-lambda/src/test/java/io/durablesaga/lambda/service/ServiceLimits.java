package io.durablesaga.lambda.service;

import java.time.Duration;

/**
 * What the service holds of one execution.
 *
 * @param payloadBytes the most bytes of a payload that is recorded
 * @param errorBytes the most bytes of an error, as JSON in which everything but ASCII is escaped
 * @param nameLength the most characters of an operation's name
 * @param operations the most operations, where each retry counts as one more
 * @param writtenBytes the most bytes of payloads and errors in all
 * @param responseBytes the most bytes that a function may return
 * @param timeout when an execution is ended, whatever it does
 */
public record ServiceLimits(
        int payloadBytes,
        int errorBytes,
        int nameLength,
        int operations,
        long writtenBytes,
        int responseBytes,
        Duration timeout) {

    /** Of the time an execution may take the longest that can be set; the rest as documented. */
    public static final ServiceLimits DOCUMENTED = new ServiceLimits(
            256 * 1024, 32 * 1024, 256, 3_000, 100L * 1024 * 1024, 6 * 1024 * 1024, Duration.ofDays(366));

    /** With another number of operations. */
    public ServiceLimits operations(int most) {
        return new ServiceLimits(payloadBytes, errorBytes, nameLength, most, writtenBytes, responseBytes, timeout);
    }

    /** With another number of bytes in all. */
    public ServiceLimits writtenBytes(long most) {
        return new ServiceLimits(payloadBytes, errorBytes, nameLength, operations, most, responseBytes, timeout);
    }

    /** With another end of every execution. */
    public ServiceLimits timeout(Duration longest) {
        return new ServiceLimits(
                payloadBytes, errorBytes, nameLength, operations, writtenBytes, responseBytes, longest);
    }
}
