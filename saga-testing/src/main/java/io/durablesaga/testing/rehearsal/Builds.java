package io.durablesaga.testing.rehearsal;

import io.durablesaga.Saga;
import io.durablesaga.testing.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The saga and its services as each incarnation builds them, over a world that survives. Whatever an incarnation kept in a
 * field or a static is not there in the next one. Thread-safe.
 */
final class Builds<W, I, O extends @Nullable Object> {
    private final Subject<W, I, O> subject;
    private final Life life;
    private final Chronicle chronicle;
    private final Surroundings surroundings;
    private final World world;
    private final W own;
    private volatile @Nullable Current current;
    private @Nullable Statics statics;

    /** What the incarnation of this number has built. */
    private record Current(int incarnation, Built built) {}

    Builds(Subject<W, I, O> subject, Life life, Surroundings surroundings) {
        this.subject = subject;
        this.life = life;
        this.chronicle = life.chronicle();
        this.surroundings = surroundings;
        this.world = new World(new Fences(life));
        this.own = subject.world().apply(world);
    }

    /** The subject's own world. */
    W own() {
        return own;
    }

    /** What the current incarnation has built. */
    Built built() {
        Current known = current;
        int incarnation = chronicle.incarnation();
        return known != null && known.incarnation() == incarnation ? known.built() : build(incarnation);
    }

    private synchronized Built build(int incarnation) {
        Current before = current;
        if (before != null && before.incarnation() == incarnation) {
            return before.built();
        }
        surroundings.enter(incarnation);
        if (statics != null) {
            statics.restore();
        }
        Built fresh = before == null ? new Built(subject.saga().apply(own, world)) : rebuild(before.built());
        if (statics == null) {
            statics = surroundings.statics(fresh);
        }
        current = new Current(incarnation, fresh);
        return fresh;
    }

    /** Where this throws, an engine takes it for a failure of the body that asked: so it is noted as what it is. */
    private Built rebuild(Built before) {
        try {
            Built fresh = new Built(subject.saga().apply(own, world));
            if (!before.shape().equals(fresh.shape())) {
                throw new IllegalStateException("the saga is built as " + fresh.shape() + " where it was built as "
                        + before.shape() + " before: what builds it must not depend on what has happened");
            }
            return fresh;
        } catch (RuntimeException | LinkageError | AssertionError thrown) {
            life.violated(Violation.of("determinism", "the next process cannot build the saga: " + thrown));
            throw thrown;
        }
    }

    /** The definition of the first incarnation, with bodies that look up those of whichever runs. */
    @SuppressWarnings("unchecked") // the subject builds sagas of these types
    Saga<I, O> decorated(Bodies bodies) {
        return Decoration.of((Saga<I, O>) built().saga(), bodies);
    }

    /** Nothing of this run is left behind. */
    synchronized void close() {
        if (statics != null) {
            statics.restore();
        }
        surroundings.enter(1);
    }
}
