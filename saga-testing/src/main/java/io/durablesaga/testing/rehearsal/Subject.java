package io.durablesaga.testing.rehearsal;

import io.durablesaga.Saga;
import io.durablesaga.engine.Decision;
import io.durablesaga.testing.engine.EngineUnderTest;
import io.durablesaga.testing.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a run is about.
 *
 * @param engines opens an engine over empty records; given true, bodies may outlive the process that ran them
 * @param world makes what survives a run's crashes
 * @param saga builds saga and services over it, once per incarnation
 * @param input the saga's input
 * @param alongside sagas it invokes
 * @param answers JSON by the path or name of an await
 * @param decision what a person says of whatever is parked; null if nobody says anything
 * @param barriers paths or names of steps whose provider refuses an action once its undo has been done
 * @param invariants what must hold of the world after every run
 * @param observing what of the world must be the same where every body runs twice; null for nothing
 */
public record Subject<W, I, O extends @Nullable Object>(
        Engines engines,
        Function<World, W> world,
        BiFunction<W, World, Saga<I, O>> saga,
        I input,
        List<Saga<?, ?>> alongside,
        Map<String, String> answers,
        @Nullable Decision decision,
        Set<String> barriers,
        Map<String, Predicate<W>> invariants,
        @Nullable Function<W, ?> observing) {
    /** Copies what can be changed. */
    public Subject {
        Objects.requireNonNull(engines, "engines");
        Objects.requireNonNull(world, "world");
        Objects.requireNonNull(saga, "saga");
        Objects.requireNonNull(input, "input");
        alongside = List.copyOf(alongside);
        answers = Map.copyOf(answers);
        barriers = Set.copyOf(barriers);
        invariants = new LinkedHashMap<>(invariants);
    }

    /** The same on other engines. */
    public Subject<W, I, O> withEngines(Engines other) {
        return new Subject<>(other, world, saga, input, alongside, answers, decision, barriers, invariants, observing);
    }

    /** The same with these sagas to invoke. */
    public Subject<W, I, O> withAlongside(List<Saga<?, ?>> other) {
        return new Subject<>(engines, world, saga, input, other, answers, decision, barriers, invariants, observing);
    }

    /** The same with these answers. */
    public Subject<W, I, O> withAnswers(Map<String, String> other) {
        return new Subject<>(engines, world, saga, input, alongside, other, decision, barriers, invariants, observing);
    }

    /** The same with this decision. */
    public Subject<W, I, O> withDecision(@Nullable Decision other) {
        return new Subject<>(engines, world, saga, input, alongside, answers, other, barriers, invariants, observing);
    }

    /** The same with these barriers. */
    public Subject<W, I, O> withBarriers(Set<String> other) {
        return new Subject<>(engines, world, saga, input, alongside, answers, decision, other, invariants, observing);
    }

    /** The same with these invariants. */
    public Subject<W, I, O> withInvariants(Map<String, Predicate<W>> other) {
        return new Subject<>(engines, world, saga, input, alongside, answers, decision, barriers, other, observing);
    }

    /** The same with this view of the world. */
    public Subject<W, I, O> withObserving(@Nullable Function<W, ?> other) {
        return new Subject<>(engines, world, saga, input, alongside, answers, decision, barriers, invariants, other);
    }

    /** Where runs get their engines. */
    @FunctionalInterface
    public interface Engines {
        /** Opens one over empty records. */
        EngineUnderTest open(boolean lingering);
    }

    /** Whether a name in a set of steps means the step at this path. */
    static boolean named(Set<String> steps, String path) {
        return steps.contains(path) || steps.contains(path.substring(path.lastIndexOf('/') + 1));
    }
}
