package io.durablesaga.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.testing.exploration.Counterexample;
import io.durablesaga.testing.exploration.Explorer;
import io.durablesaga.testing.exploration.Plan;
import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.exploration.Sampling;
import io.durablesaga.testing.fault.Failing;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Schedule;
import io.durablesaga.testing.rehearsal.Outcome;
import io.durablesaga.testing.rehearsal.Rehearsal;
import io.durablesaga.testing.rehearsal.Subject;
import io.durablesaga.testing.rehearsal.Surroundings;
import io.durablesaga.testing.simulation.SimulatedEngine;
import io.durablesaga.testing.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a saga under every crash there is: {@code SagaCrashTest.of(world -> orderSaga(world)).input(order).survivesEveryCrash()}.
 *
 * <p>Nothing needs to be set up: time is virtual, the engine is simulated, and the points where something can go wrong are
 * found by running the saga. Each incarnation gets a saga and services built anew over a world that survives. What must hold
 * is built in: an execution completes, or is undone in reverse, or lists what is left; each effect happens once per key; and
 * so on. Invariants of your own are checked after every run.
 *
 * <p>Immutable; each method returns another test.
 *
 * @param <W> the type of the world
 * @param <I> the type of the saga's input
 * @param <O> the type of what it yields
 */
public final class SagaCrashTest<W, I, O extends @Nullable Object> {
    private final Subject<W, I, O> subject;
    private final Plan plan;

    private SagaCrashTest(Subject<W, I, O> subject, Plan plan) {
        this.subject = subject;
        this.plan = plan;
    }

    /**
     * A saga over a world that is made for each run.
     *
     * @param saga builds saga and services; called once per incarnation
     */
    public static <I, O extends @Nullable Object> NeedsInput<World, I, O> of(Function<World, Saga<I, O>> saga) {
        return new NeedsInput<>(world -> world, (world, same) -> saga.apply(world));
    }

    /**
     * A saga over a world of your own.
     *
     * @param world makes one for each run; it outlives the run's crashes
     * @param saga builds saga and services; called once per incarnation
     */
    public static <W, I, O extends @Nullable Object> NeedsInput<W, I, O> of(
            Supplier<W> world, Function<W, Saga<I, O>> saga) {
        return new NeedsInput<>(any -> world.get(), (own, fences) -> saga.apply(own));
    }

    /**
     * A saga over a world of your own, with services behind fences.
     *
     * @param world makes one for each run; it outlives the run's crashes
     * @param saga builds saga and services; called once per incarnation
     */
    public static <W, I, O extends @Nullable Object> NeedsInput<W, I, O> of(
            Supplier<W> world, BiFunction<W, World, Saga<I, O>> saga) {
        return new NeedsInput<>(any -> world.get(), saga);
    }

    /**
     * A test that still has to be told what to run the saga on.
     *
     * @param <W> the type of the world
     * @param <I> the type of the saga's input
     * @param <O> the type of what it yields
     */
    public static final class NeedsInput<W, I, O extends @Nullable Object> {
        private final Function<World, W> world;
        private final BiFunction<W, World, Saga<I, O>> saga;

        private NeedsInput(Function<World, W> world, BiFunction<W, World, Saga<I, O>> saga) {
            this.world = world;
            this.saga = saga;
        }

        /** Runs it on this. */
        public SagaCrashTest<W, I, O> input(I input) {
            Subject<W, I, O> subject = new Subject<>(
                    lingering -> new SimulatedEngine().lingering(lingering),
                    world,
                    saga,
                    input,
                    List.of(),
                    Map.of(),
                    null,
                    Set.of(),
                    Map.of(),
                    null);
            return new SagaCrashTest<>(subject, Plan.PAIRS);
        }
    }

    // what the saga meets

    /** Somebody answers this await with this value; without an answer it times out. */
    public <R> SagaCrashTest<W, I, O> answering(StepKey<R> await, R value) {
        Map<String, String> answers = new LinkedHashMap<>(subject.answers());
        try {
            answers.put(await.name(), SagaJson.standard().write(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the answer to '" + await + "' does not serialise: " + value, e);
        }
        return with(subject.withAnswers(answers));
    }

    /**
     * What a person decides wherever the saga is parked; a retry once per undo or step. Without a decision parking times
     * out.
     */
    public SagaCrashTest<W, I, O> deciding(Decision decision) {
        return with(subject.withDecision(decision));
    }

    /** Sagas that this one invokes. */
    public SagaCrashTest<W, I, O> alongside(Saga<?, ?>... sagas) {
        return with(subject.withAlongside(List.of(sagas)));
    }

    /** These steps' providers refuse an action once its undo has been done. */
    public SagaCrashTest<W, I, O> barrier(StepKey<?>... steps) {
        Set<String> barriers = new HashSet<>(subject.barriers());
        Arrays.stream(steps).map(StepKey::name).forEach(barriers::add);
        return with(subject.withBarriers(barriers));
    }

    /** Runs it on engines that open like this; without it, on simulated ones. A zombie needs one that may linger. */
    public SagaCrashTest<W, I, O> on(Subject.Engines engines) {
        return with(subject.withEngines(engines));
    }

    // what must hold

    /**
     * Must hold of the world after every run that ends completed or compensated. What is left of one that ends stuck must be
     * listed in its result; that is checked anyway.
     */
    public SagaCrashTest<W, I, O> invariant(String name, Predicate<W> holds) {
        Map<String, Predicate<W>> invariants = new LinkedHashMap<>(subject.invariants());
        invariants.put(name, holds);
        return with(subject.withInvariants(invariants));
    }

    /** What of the world must be equal whether every body runs once or twice: keys make the second time harmless. */
    public SagaCrashTest<W, I, O> observing(Function<W, ?> view) {
        return with(subject.withObserving(view));
    }

    // what is explored

    /** Which faults; without this, all but {@link Fault#ZOMBIE}. */
    public SagaCrashTest<W, I, O> faults(Fault... faults) {
        return with(plan.withFaults(Set.of(faults)));
    }

    /** This step fails in these ways, and only what is named so does; without this, every step in every way. */
    public SagaCrashTest<W, I, O> failing(StepKey<?> step, Failing... ways) {
        Map<String, Set<Failing>> failing = new LinkedHashMap<>(plan.failing());
        failing.put(step.name(), Set.of(ways));
        return with(plan.withFailing(failing));
    }

    /** How many faults per run are explored in full; without this, two. */
    public SagaCrashTest<W, I, O> exhaustive(int faults) {
        return with(plan.withExhaustive(faults));
    }

    /** Samples runs with more faults after that. */
    public SagaCrashTest<W, I, O> then(Sampling sampling) {
        return with(plan.withSampling(sampling));
    }

    /** How long it may take; what is left out is reported. Without this, 30 seconds. */
    public SagaCrashTest<W, I, O> budget(Duration budget) {
        return with(plan.withBudget(budget));
    }

    /**
     * The saga does not complete even where nothing goes wrong, and is not meant to: only its way back is explored. Without
     * this, that is a failure.
     */
    public SagaCrashTest<W, I, O> neverCompletes() {
        return with(plan.withCompletes(false));
    }

    /** How many runs go on at the same time; without this, as many as there are processors. */
    public SagaCrashTest<W, I, O> threads(int threads) {
        return with(plan.withThreads(threads));
    }

    /** Explores and reports, whatever it finds. */
    public Report explore() {
        return new Explorer<>(subject, plan).explore();
    }

    /**
     * Explores.
     *
     * @throws CrashTestFailed with the shortest schedule under which something did not hold
     */
    public Report check() {
        return CrashTestFailed.unlessFine(explore());
    }

    /** The same as {@link #check()}, for a test that says what it is about. */
    public Report survivesEveryCrash() {
        return check();
    }

    /**
     * Plays one schedule, as a failure prints it: {@code replay("rejects@ship; crash@effect:charge-card#1")}.
     *
     * @throws CrashTestFailed if something does not hold
     * @throws IllegalArgumentException if it is no schedule
     */
    public void replay(String schedule) {
        Outcome outcome = play(Schedule.parse(schedule));
        if (!outcome.fine()) {
            throw new CrashTestFailed(Counterexample.of(outcome));
        }
    }

    Outcome play(Schedule schedule) {
        Schedule faultless = new Schedule(schedule.failures(), List.of());
        try (Surroundings surroundings = Surroundings.changing()) {
            String expected = faultless.equals(Schedule.NONE) && plan.completes() ? "completed" : null;
            Outcome outcome = Rehearsal.of(subject, faultless, expected, surroundings);
            return schedule.equals(faultless) ? outcome : Rehearsal.of(subject, schedule, outcome.end(), surroundings);
        }
    }

    /**
     * The same exploration in parts, one per choice of what fails and one for what is sampled, for test frameworks that show
     * each part.
     *
     * @throws CrashTestFailed if already a run without faults is not as it must be
     */
    public List<Part> parts() {
        Explorer<W, I, O> explorer = new Explorer<>(subject, plan);
        List<Schedule> scenarios = explorer.scenarios();
        CrashTestFailed.unlessFine(explorer.report());
        List<Part> parts = new ArrayList<>();
        for (Schedule scenario : scenarios) {
            String name = scenario.equals(Schedule.NONE) ? "nothing fails" : scenario.toString();
            parts.add(
                    new Part(name, () -> CrashTestFailed.unlessFine(new Explorer<>(subject, plan).explore(scenario))));
        }
        if (plan.sampling() != null) {
            String name = "sampled: " + plan.sampling();
            parts.add(new Part(name, () -> CrashTestFailed.unlessFine(new Explorer<>(subject, plan).exploreSamples())));
        }
        return List.copyOf(parts);
    }

    /**
     * A part of an exploration.
     *
     * @param name what fails in it
     * @param check explores it, or throws {@link CrashTestFailed}
     */
    public record Part(String name, Runnable check) {}

    private SagaCrashTest<W, I, O> with(Subject<W, I, O> other) {
        return new SagaCrashTest<>(other, plan);
    }

    private SagaCrashTest<W, I, O> with(Plan other) {
        return new SagaCrashTest<>(subject, other);
    }
}
