package io.durablesaga.testing.rehearsal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.engine.EngineUnderTest;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Place;
import io.durablesaga.testing.fault.Schedule;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays a saga under a schedule: starts it, lets processes die and come back, lets time pass, answers who asks. */
public final class Rehearsal<W, I, O extends @Nullable Object> {
    /** The execution's name. */
    static final String NAME = "rehearsal";

    /**
     * More turns than these without an end are a saga that never ends: each fault and each wait takes one or two. A poll may
     * look more often than that, so what a saga can take at the most comes on top.
     */
    private static final int MOST_TURNS = 2_000;

    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final int MUCH_TOO_LATE = 10;

    private final Subject<W, I, O> subject;
    private final EngineUnderTest engine;
    private final Life life;
    private final Builds<W, I, O> builds;
    private final Answers answers;
    private final Gate gate;
    private final Saga<I, O> saga;

    private Rehearsal(Subject<W, I, O> subject, Schedule schedule, EngineUnderTest engine, Surroundings surroundings) {
        this.subject = subject;
        this.engine = engine;
        this.life = new Life(engine, schedule);
        this.builds = new Builds<>(subject, life, surroundings);
        this.answers = new Answers(subject, schedule, life, engine);
        this.gate = new Gate(life);
        this.saga = builds.decorated(new Stage(life, schedule, answers, surroundings, builds::built, engine));
        if (schedule.faults().isEmpty()) {
            Built built = builds.built();
            built.requireSteps(subject.answers().keySet());
            built.requireSteps(
                    schedule.failures().stream().map(Schedule.Failure::step).toList());
        }
    }

    /**
     * Refuses names of steps that the saga does not have.
     *
     * @throws IllegalArgumentException with those that it has
     */
    public static <W, I, O extends @Nullable Object> void requireSteps(
            Subject<W, I, O> subject, Collection<String> names) {
        try (EngineUnderTest engine = subject.engines().open(false)) {
            new Rehearsal<>(subject, Schedule.NONE, engine, Surroundings.steady())
                    .builds
                    .built()
                    .requireSteps(names);
        }
    }

    /**
     * Plays it once.
     *
     * @param expectedEnd how it must end; null if that is to be found out
     */
    public static <W, I, O extends @Nullable Object> Outcome of(
            Subject<W, I, O> subject, Schedule schedule, @Nullable String expectedEnd) {
        return of(subject, schedule, expectedEnd, Surroundings.steady());
    }

    /** Plays it once, in such surroundings. */
    public static <W, I, O extends @Nullable Object> Outcome of(
            Subject<W, I, O> subject, Schedule schedule, @Nullable String expectedEnd, Surroundings surroundings) {
        try (EngineUnderTest engine = subject.engines().open(schedule.has(Fault.ZOMBIE))) {
            Rehearsal<W, I, O> rehearsal = new Rehearsal<>(subject, schedule, engine, surroundings);
            SagaStatus<O> end = rehearsal.playOrBreak().orElse(null);
            Outcome outcome = new Judge<>(subject, schedule, rehearsal.life, rehearsal.builds.own(), rehearsal.saga)
                    .judge(end, expectedEnd, schedule.faults().isEmpty() ? rehearsal.operations() : List.of());
            rehearsal.builds.close();
            return outcome;
        }
    }

    /** An engine that throws where it should go on does not end the exploration: it is what was looked for. */
    private Optional<SagaStatus<O>> playOrBreak() {
        try {
            return play();
        } catch (RuntimeException | LinkageError | AssertionError thrown) {
            life.violated(Violation.of("I6", "the engine threw " + thrown));
            return Optional.empty();
        }
    }

    private Optional<SagaStatus<O>> play() {
        engine.gate(gate);
        subject.alongside().forEach(engine::register);
        engine.register(saga);
        start();
        Optional<SagaStatus<O>> end;
        try {
            end = untilEnd();
        } finally {
            life.land();
        }
        answers.tooLate();
        if (life.zombie()) {
            engine.bury();
        }
        return end;
    }

    /** An input that is refused ends the execution at once: a fault then meets whoever starts it, who starts it again. */
    private void start() {
        int left = life.faults().left().size();
        try {
            engine.start(saga, NAME, subject.input());
        } catch (RuntimeException thrown) {
            if (life.faults().left().size() == left) {
                throw thrown; // not because of a fault
            }
            if (life.dead()) {
                restart();
            }
            start();
        }
    }

    private Optional<SagaStatus<O>> untilEnd() {
        long most = MOST_TURNS + saga.worstCase().meteredOperations();
        for (long turn = 0; turn < most; turn++) {
            engine.settle();
            if (life.dead()) {
                restart();
                continue;
            }
            SagaStatus<O> status = engine.status(saga, NAME);
            if (status instanceof SagaStatus.Halted<O> halted) {
                life.chronicle().note(Event.What.HALTED, NAME, null, halted.reason());
                return Optional.of(status);
            }
            if (status instanceof SagaStatus.Ended<O> || status instanceof SagaStatus.Dead<O>) {
                life.chronicle().note(Event.What.ENDED, NAME, null, Judge.told(status));
                return Optional.of(status);
            }
            answers.tooLate();
            goOn(status);
        }
        return Optional.empty();
    }

    private List<String> operations() {
        return engine.operations(NAME).stream()
                .map(EngineUnderTest.RecordedOperation::toString)
                .toList();
    }

    /** The next process, over what the dead one has recorded. */
    private void restart() {
        if (!life.zombie()) {
            engine.bury();
        }
        life.reborn();
        if (life.takeRedefined()) {
            underAnotherDefinition();
        } else {
            engine.reopen();
        }
    }

    private void underAnotherDefinition() {
        engine.register(other());
        engine.reopen();
        SagaStatus<O> status = engine.status(saga, NAME);
        if (status instanceof SagaStatus.Halted<O> halted) {
            life.chronicle().note(Event.What.HALTED, NAME, null, halted.reason());
        } else {
            life.violated(Violation.of(
                    "I4",
                    "under another definition it must halt, nothing run and nothing undone; but it is "
                            + Judge.end(status)));
        }
        life.chronicle().nextIncarnation();
        engine.register(saga);
    }

    /** A saga of the same name that has never recorded what this one has. */
    private Saga<Object, ?> other() {
        StepKey<String> never = StepKey.of("a-step-of-another-definition", String.class);
        return SagaBuilder.saga(saga.name(), input(saga.inputType()))
                .step(
                        never,
                        scope -> {
                            life.violated(Violation.of("I4", "a step of another definition has run"));
                            return "ran";
                        },
                        Undo.nothingToUndo("it never runs"))
                .returningNothing();
    }

    private static TypeReference<Object> input(Type type) {
        return new TypeReference<>() {
            @Override
            public Type getType() {
                return type;
            }
        };
    }

    /** Nothing runs before time passes or somebody acts: another incarnation takes it from there. */
    private void goOn(SagaStatus<O> status) {
        life.chronicle().nextIncarnation();
        String waitsFor = waitsFor();
        Optional<Schedule.Injected> crash = life.strike(Place.WAIT, waitsFor);
        if (crash.isPresent()) {
            life.die(crash.get().point(), crash.get().fault());
        } else if (!answers.one(status)) {
            pass(status, waitsFor);
        }
    }

    private String waitsFor() {
        List<EngineUnderTest.RecordedOperation> operations = engine.operations(NAME);
        for (int i = operations.size() - 1; i >= 0; i--) {
            if (operations.get(i).outcome().equals("PENDING")) {
                return operations.get(i).name();
            }
        }
        return NAME;
    }

    private void pass(SagaStatus<O> status, String waitsFor) {
        Duration wait = Duration.between(engine.now(), until(status));
        if (wait.isNegative() || wait.isZero()) {
            wait = A_MOMENT;
        }
        if (life.strike(Place.EARLY, waitsFor).isPresent()) {
            life.chronicle().note(Event.What.FAULT, waitsFor + " is woken too early", null, null);
            wait = wait.dividedBy(2);
        } else if (life.strike(Place.LATE, waitsFor).isPresent()) {
            life.chronicle().note(Event.What.FAULT, waitsFor + " is woken much too late", null, null);
            wait = wait.multipliedBy(MUCH_TOO_LATE);
        }
        life.chronicle().note(Event.What.WAITED, waitsFor, null, wait);
        engine.advance(wait);
    }

    private Instant until(SagaStatus<O> status) {
        if (status instanceof SagaStatus.Waiting<O> waiting && waiting.until() != null) {
            return waiting.until();
        }
        if (status instanceof SagaStatus.Parked<O> parked) {
            return parked.decisions().stream()
                    .map(SagaStatus.ParkedDecision::until)
                    .min(Instant::compareTo)
                    .orElse(engine.now());
        }
        return engine.now();
    }
}
