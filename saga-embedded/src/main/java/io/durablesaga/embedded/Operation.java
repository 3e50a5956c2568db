package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.RecordRow;
import io.durablesaga.engine.Pending;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One operation in one incarnation. {@link #proceed} brings it on as far as it gets: to its outcome, or to a wait. The fields
 * from {@code outcome} on are guarded by the incarnation's lock.
 */
abstract class Operation<T> implements Pending<T> {
    private static final long NANOS_IN_A_MILLI = 1_000_000;

    final Line line;
    final String position;
    final RecordRow.Kind kind;
    final String name;
    private final AtomicBoolean claimed = new AtomicBoolean();

    /** Whoever sees it sees everything that happened before it, also without a lock. */
    private volatile @Nullable T outcome;

    private boolean fresh = true;
    /** Its line of control is blocked on it, and not counted as active. */
    boolean awaited;
    /** It waits, until this time if not for somebody outside alone. */
    @Nullable
    Waiting waiting;

    /**
     * What an operation waits for.
     *
     * @param until when it goes on by itself (milliseconds), or null
     * @param outside whether somebody outside can end the wait
     * @param decision whether that is a person deciding
     */
    record Waiting(@Nullable Long until, boolean outside, boolean decision) {}

    Operation(Line line, String position, RecordRow.Kind kind, String name) {
        this.line = line;
        this.position = position;
        this.kind = kind;
        this.name = name;
    }

    /** Brings it on, on the calling thread. */
    abstract void proceed();

    @Override
    public final T get() {
        return line.outcomeOf(this);
    }

    /** Whoever gets it brings it on. */
    final boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    final void unclaim() {
        claimed.set(false);
    }

    final boolean finished() {
        return outcome != null;
    }

    final T outcome() {
        return Objects.requireNonNull(outcome);
    }

    /** Whether this incarnation is the first to hand the outcome out. */
    final boolean fresh() {
        return fresh;
    }

    /** The outcome was recorded by an earlier incarnation. */
    final void recorded(T recordedOutcome) {
        fresh = false;
        outcome = recordedOutcome;
    }

    final void settle(T newOutcome) {
        outcome = newOutcome;
    }

    /** A duration as the journal keeps it, never shorter than it is. */
    static long millis(Duration duration) {
        return duration.plusNanos(NANOS_IN_A_MILLI - 1).toMillis();
    }
}
