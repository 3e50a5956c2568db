package io.durablesaga.embedded.journal;

/** What a change may do, on the writer's thread and inside its transaction, seeing all changes before it. */
public interface Writes extends Reads {
    /** Adds an execution, whose row is chosen here. */
    long insert(ExecutionRow execution);

    /** Replaces an execution. */
    void update(ExecutionRow execution);

    /** Adds a record. */
    void append(long execution, RecordRow row);

    /** Adds or replaces a callback. */
    void put(CallbackRow callback);

    /** Adds or replaces one side of an idempotency key. */
    void put(ClaimRow claim);

    /** Makes the halted executions of a saga due. */
    void wakeHalted(String saga, long now);
}
