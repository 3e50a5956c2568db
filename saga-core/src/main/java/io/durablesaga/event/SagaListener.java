package io.durablesaga.event;

/**
 * Hears what happens to executions: each event once, not once per replay. A crash in the instant between a record and its
 * event loses that event; it never repeats one
 * (but for {@link SagaEvent.Started}, where a first incarnation leaves no record at all). Called on the engine's threads, possibly by several at once: be quick, and do
 * not throw (what is thrown is logged and changes nothing).
 */
@FunctionalInterface
public interface SagaListener {
    /** Hears one event. */
    void on(SagaEvent event);

    /** Hears nothing. */
    static SagaListener none() {
        return event -> {};
    }
}
