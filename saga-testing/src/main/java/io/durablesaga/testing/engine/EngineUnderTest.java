package io.durablesaga.testing.engine;

import io.durablesaga.Saga;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real engine, over records that survive its crashes, in a time that only the test moves. */
public interface EngineUnderTest extends AutoCloseable {
    /**
     * Makes the saga known, now and after every {@link #reopen()}; the same name again replaces the definition. After a kill,
     * for the next process only.
     */
    void register(Saga<?, ?> saga);

    /** Starts an execution; throws what the engine throws where it refuses. */
    <I> void start(Saga<I, ?> saga, String name, I input);

    /** Returns once nothing can run any more until time passes or somebody outside acts. */
    void settle();

    /** What time it is. */
    Instant now();

    /** Lets time pass, then settles. */
    void advance(Duration time);

    /**
     * The process dies here: no incarnation records, starts or tells anything any more, whatever its bodies still do. May be
     * called from inside a body.
     */
    void kill();

    /** Returns once no body of the killed process runs any more, so that none can be taken for one of the next process. */
    void bury();

    /**
     * Whether only one thing happens at a time, so that nothing is on its way elsewhere when a process dies: what it starts or
     * writes afterwards is then a mistake, and not merely late.
     */
    default boolean oneAtATime() {
        return false;
    }

    /** What every durable write of this engine passes from now on, also after {@link #reopen()}. */
    void gate(RecordGate gate);

    /** A new process over what had been recorded, with the registered sagas; settles. */
    void reopen();

    /** Where an execution stands. */
    <O extends @Nullable Object> SagaStatus<O> status(Saga<?, O> saga, String name);

    /** The unique id of an execution. */
    String id(String name);

    /** What has been recorded of an execution, in the order in which its operations were first recorded. */
    List<RecordedOperation> operations(String name);

    /** The open callbacks of an execution that are no decisions: path to id. */
    Map<String, String> callbacks(String name);

    /** Completes a callback with a payload as it comes, JSON or not. */
    CallbackAnswer complete(String callbackId, String payload);

    /** Fails a callback. */
    CallbackAnswer fail(String callbackId, String error);

    /** Prolongs a callback. */
    CallbackAnswer heartbeat(String callbackId);

    /** Decides what an execution is parked on. */
    CallbackAnswer decide(String decisionId, Decision decision);

    @Override
    void close();

    /**
     * One operation as recorded.
     *
     * @param kind {@code ACTION}, {@code UNDO}, {@code CAPTURE}, {@code POLL}, {@code FAILURE}, {@code SLEEP},
     *     {@code CALLBACK} or {@code INVOKE}
     * @param name its name
     * @param outcome {@code COMPLETED}, {@code FAILED} or {@code PENDING}
     */
    record RecordedOperation(String kind, String name, String outcome) {
        @Override
        public String toString() {
            return kind + " " + name + " " + outcome;
        }
    }
}
