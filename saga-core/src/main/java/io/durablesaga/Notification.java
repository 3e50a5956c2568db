package io.durablesaga;

/**
 * Sends the id of a callback to whoever will complete it: the effect of an {@code await}.
 *
 * @param <S> what the body sees
 */
@FunctionalInterface
public interface Notification<S> {
    /**
     * Sends the id out.
     *
     * @throws Exception any failure; it leaves the outcome unknown unless declared rejected
     */
    void send(S scope, String callbackId) throws Exception;
}
