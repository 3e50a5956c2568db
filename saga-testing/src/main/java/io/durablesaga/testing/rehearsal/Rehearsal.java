package io.durablesaga.testing.rehearsal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.engine.EngineUnderTest;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Place;
import io.durablesaga.testing.fault.Schedule;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays a saga under a schedule: starts it, lets processes die and come back, lets time pass, answers who asks. */
public final class Rehearsal<W, I, O extends @Nullable Object> {
    /** More turns than this without an end are a saga that never ends: each fault and each wait takes one or two. */
    private static final int MOST_TURNS = 2_000;

    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final int MUCH_TOO_LATE = 10;

    private final Subject<W, I, O> subject;
    private final Schedule schedule;
    private final EngineUnderTest engine;
    private final Stage<W> stage;
    private final @Nullable String expectedEnd;
    private final Set<String> answered = new HashSet<>();
    private final Set<String> late = new HashSet<>();

    private Rehearsal(
            Subject<W, I, O> subject,
            Schedule schedule,
            @Nullable String expectedEnd,
            EngineUnderTest engine,
            Surroundings surroundings) {
        this.expectedEnd = expectedEnd;
        this.subject = subject;
        this.schedule = schedule;
        this.engine = engine;
        this.stage = new Stage<>(subject, schedule, engine, surroundings);
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
            return new Rehearsal<>(subject, schedule, expectedEnd, engine, surroundings).play();
        }
    }

    private Outcome play() {
        engine.gate(stage);
        subject.alongside().forEach(engine::register);
        Saga<I, O> saga = stage.decorated(subject);
        engine.register(saga);
        engine.start(saga, Stage.NAME, subject.input());
        Optional<SagaStatus<O>> end;
        try {
            end = untilEnd(saga);
        } finally {
            stage.land();
        }
        answerLate();
        if (stage.zombie()) {
            engine.bury();
        }
        Outcome outcome = new Judge<>(subject, schedule, stage, saga).judge(end.orElse(null), expectedEnd);
        stage.close();
        return outcome;
    }

    private Optional<SagaStatus<O>> untilEnd(Saga<I, O> saga) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            engine.settle();
            if (stage.dead()) {
                restart(saga);
                continue;
            }
            SagaStatus<O> status = engine.status(saga, Stage.NAME);
            if (status instanceof SagaStatus.Halted<O> halted) {
                stage.chronicle().note(Event.What.HALTED, Stage.NAME, null, halted.reason());
                return Optional.of(status);
            }
            if (status instanceof SagaStatus.Ended<O> || status instanceof SagaStatus.Dead<O>) {
                stage.chronicle().note(Event.What.ENDED, Stage.NAME, null, Judge.end(status));
                return Optional.of(status);
            }
            answerLate();
            goOn(status);
        }
        return Optional.empty();
    }

    /** The next process, over what the dead one has recorded. */
    private void restart(Saga<I, O> saga) {
        if (stage.takeRedefined()) {
            engine.bury();
            stage.reborn();
            engine.register(other(saga));
            engine.reopen();
            SagaStatus<O> status = engine.status(saga, Stage.NAME);
            if (status instanceof SagaStatus.Halted<O> halted) {
                stage.chronicle().note(Event.What.HALTED, Stage.NAME, null, halted.reason());
            } else {
                stage.violated(Violation.of(
                        "I4",
                        "under another definition it must halt, nothing run and nothing undone; but it is "
                                + Judge.end(status)));
            }
            stage.nextIncarnation();
            engine.register(saga);
            return;
        }
        if (!stage.zombie()) {
            engine.bury();
        }
        stage.reborn();
        engine.reopen();
    }

    /** A saga of the same name that has never recorded what this one has. */
    private Saga<Object, ?> other(Saga<I, O> saga) {
        StepKey<String> never = StepKey.of("a-step-of-another-definition", String.class);
        return SagaBuilder.saga(saga.name(), input(saga.inputType()))
                .step(
                        never,
                        scope -> {
                            stage.violated(Violation.of("I4", "a step of another definition has run"));
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

    /** Nothing runs before time passes or somebody acts. */
    private void goOn(SagaStatus<O> status) {
        stage.nextIncarnation();
        String waitsFor = waitsFor();
        if (stage.strikes(Fault.CRASH, Place.WAIT, waitsFor)) {
            stage.die(stage.chronicle().last(), Fault.CRASH);
        } else if (!answerOne() && !decideOne(status)) {
            pass(status, waitsFor);
        }
    }

    private String waitsFor() {
        List<EngineUnderTest.RecordedOperation> operations = engine.operations(Stage.NAME);
        for (int i = operations.size() - 1; i >= 0; i--) {
            if (operations.get(i).outcome().equals("PENDING")) {
                return operations.get(i).name();
            }
        }
        return Stage.NAME;
    }

    private boolean answerOne() {
        for (Map.Entry<String, String> callback : engine.callbacks(Stage.NAME).entrySet()) {
            String path = callback.getKey();
            Optional<String> json = stage.answer(path);
            if (json.isPresent() && answered.add(callback.getValue())) {
                if (stage.strikes(Fault.CALLBACK_RACE, Place.ANSWER_LATE, path)) {
                    stage.chronicle().note(Event.What.FAULT, "answered when " + path + " has timed out", null, null);
                    late.add(callback.getValue());
                    return false;
                }
                expect(CallbackAnswer.ACCEPTED, engine.complete(callback.getValue(), json.get()), path);
                stage.chronicle().note(Event.What.ANSWERED, path, null, json.get());
                if (stage.strikes(Fault.CALLBACK_RACE, Place.ANSWER_TWICE, path)) {
                    stage.chronicle().note(Event.What.FAULT, path + " is answered again", null, null);
                    expect(CallbackAnswer.DUPLICATE, engine.complete(callback.getValue(), "null"), path);
                }
                return true;
            }
        }
        return false;
    }

    /** Whoever answers after the timeout is told so. */
    private void answerLate() {
        late.removeIf(id -> {
            boolean open = engine.callbacks(Stage.NAME).containsValue(id);
            if (!open) {
                expect(CallbackAnswer.LATE, engine.complete(id, "null"), id);
            }
            return !open;
        });
    }

    private void expect(CallbackAnswer expected, CallbackAnswer actual, String path) {
        if (actual != expected) {
            stage.violated(new Violation("callback", "the answer to " + path, expected.toString(), actual.toString()));
        }
    }

    private boolean decideOne(SagaStatus<O> status) {
        if (subject.decision() == null || !(status instanceof SagaStatus.Parked<O> parked)) {
            return false;
        }
        for (SagaStatus.ParkedDecision decision : parked.decisions()) {
            if (answered.add(decision.id())) {
                expect(CallbackAnswer.ACCEPTED, engine.decide(decision.id(), subject.decision()), decision.path());
                stage.chronicle().note(Event.What.ANSWERED, decision.path(), null, subject.decision());
                return true;
            }
        }
        return false;
    }

    private void pass(SagaStatus<O> status, String waitsFor) {
        Duration wait = Duration.between(engine.now(), until(status));
        if (wait.isNegative() || wait.isZero()) {
            wait = A_MOMENT;
        }
        if (stage.strikes(Fault.TIMER_SKEW, Place.EARLY, waitsFor)) {
            stage.chronicle().note(Event.What.FAULT, waitsFor + " is woken too early", null, null);
            wait = wait.dividedBy(2);
        } else if (stage.strikes(Fault.TIMER_SKEW, Place.LATE, waitsFor)) {
            stage.chronicle().note(Event.What.FAULT, waitsFor + " is woken much too late", null, null);
            wait = wait.multipliedBy(MUCH_TOO_LATE);
        }
        stage.chronicle().note(Event.What.WAITED, waitsFor, null, wait);
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
