package io.durablesaga.testing.simulation;

import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.ReplayMismatch;
import io.durablesaga.testing.engine.RecordGate.Written;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is recorded of one execution, its operations by position: counters of the lines of control, joined by dots. */
final class ExecutionRecord {
    private final ExecutionIdentity identity;
    private final String saga;
    private final String input;
    private final @Nullable ExecutionRecord parent;
    private final Map<String, OperationRecord> operations = new LinkedHashMap<>();
    /** A branch records nothing itself: its position, and the first thing recorded in it. */
    private final Map<String, OperationRecord> branches = new HashMap<>();

    private State state = State.RUNNING;
    private @Nullable Long wakeAt;
    private String detail = "";
    private int incarnations;
    private int incarnationsWithoutProgress;

    /** Where an execution stands. */
    enum State {
        RUNNING,
        WAITING,
        PARKED,
        HALTED,
        ENDED
    }

    ExecutionRecord(ExecutionIdentity identity, String saga, String input, @Nullable ExecutionRecord parent) {
        this.identity = identity;
        this.saga = saga;
        this.input = input;
        this.parent = parent;
    }

    ExecutionIdentity identity() {
        return identity;
    }

    String name() {
        return identity.name();
    }

    String saga() {
        return saga;
    }

    String input() {
        return input;
    }

    /** The execution that invoked it. */
    @Nullable
    ExecutionRecord parent() {
        return parent;
    }

    String label() {
        return "saga '" + saga + "', execution '" + name() + "'";
    }

    /** Something that is written of the execution itself. */
    Written written(Event event) {
        return new Written(name(), Kind.EXECUTION.name(), name(), event.name(), 1);
    }

    State state() {
        return state;
    }

    boolean ended() {
        return state == State.ENDED;
    }

    /** When it goes on by itself, or null if only somebody outside can bring it on. */
    @Nullable
    Long wakeAt() {
        return wakeAt;
    }

    /** Why it is halted, or its result as JSON. */
    String detail() {
        return detail;
    }

    boolean due(long now) {
        return switch (state) {
            case RUNNING -> true;
            case WAITING, PARKED -> wakeAt != null && wakeAt <= now;
            case HALTED, ENDED -> false;
        };
    }

    // incarnations

    /** A new incarnation begins; its number. */
    int begin() {
        state = State.RUNNING;
        incarnationsWithoutProgress++;
        return ++incarnations;
    }

    int incarnationsWithoutProgress() {
        return incarnationsWithoutProgress;
    }

    /** Something has been written. */
    void progress() {
        incarnationsWithoutProgress = 0;
    }

    void suspend(boolean parked, @Nullable Long until) {
        state = parked ? State.PARKED : State.WAITING;
        wakeAt = until;
        incarnationsWithoutProgress = 0;
    }

    /** What it waits for may be over. */
    void wake(long now) {
        if (state == State.WAITING || state == State.PARKED) {
            wakeAt = now;
        }
    }

    void halt(String reason) {
        state = State.HALTED;
        detail = reason;
    }

    /** Another definition is known, or the old one again. */
    void wakeHalted() {
        if (state == State.HALTED) {
            state = State.RUNNING;
        }
    }

    void end(String result) {
        state = State.ENDED;
        detail = result;
    }

    // operations

    boolean pristine() {
        return operations.isEmpty();
    }

    Collection<OperationRecord> operations() {
        return operations.values();
    }

    /** What was recorded at this position, which must be of this kind and name; null if nothing was. */
    @Nullable
    OperationRecord recorded(String position, Kind kind, String name) {
        OperationRecord inside = kind == Kind.EXECUTION ? null : branches.get(position);
        if (inside != null) {
            throw mismatch(position, "a branch with " + text(inside), kind, name);
        }
        OperationRecord recorded = operations.get(position);
        if (recorded != null && (recorded.kind() != kind || !recorded.name().equals(name))) {
            throw mismatch(position, text(recorded), kind, name);
        }
        return recorded;
    }

    private ReplayMismatch mismatch(String position, String before, Kind kind, String name) {
        String now = (kind == Kind.EXECUTION ? "the branch" : kind) + " '" + name + "'";
        return new ReplayMismatch(label() + ": operation " + position + " was recorded as " + before
                + " and the definition now has " + now + " there; register the definition it was started with");
    }

    private static String text(OperationRecord operation) {
        return operation.kind() + " '" + operation.name() + "'";
    }

    void add(String position, OperationRecord operation) {
        operations.put(position, operation);
        for (int dot = position.lastIndexOf('.'); dot > 0; dot = position.lastIndexOf('.', dot - 1)) {
            branches.putIfAbsent(position.substring(0, dot), operation);
        }
    }

    /** Refuses to end the execution while there are records that this incarnation has not come by. */
    void requireNothingLeft(int byIncarnation) {
        List<String> left = operations.entrySet().stream()
                .filter(entry -> !entry.getValue().seenBy(byIncarnation))
                .map(entry -> entry.getKey() + " " + text(entry.getValue()))
                .toList();
        if (!left.isEmpty()) {
            throw new ReplayMismatch(label() + ": recorded as " + left
                    + " and the definition no longer reaches that; register the definition it was started with");
        }
    }
}
