package io.durablesaga.dispatcher;

/**
 * What is started instead of a payload that is larger than an engine takes: a claim check. Without one such a record is {@linkplain
 * Outcome#REFUSED refused}.
 */
@FunctionalInterface
public interface LargePayloads {
    /**
     * Stores the payload and gives what the saga is started on instead, as JSON. The same payload under the same name always gives
     * the same: what differs by a byte is another input.
     */
    String replace(String name, String payload) throws Exception;
}
