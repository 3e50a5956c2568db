package io.durablesaga.testing.rehearsal;

import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.engine.EngineUnderTest;
import io.durablesaga.testing.fault.Failing;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Place;
import io.durablesaga.testing.fault.Schedule;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whoever is outside: answers callbacks and decides what is parked, once each; in a race, twice or too late. Whoever decides to
 * retry does so once: what fails for good would be parked again forever.
 */
final class Answers {
    private final Subject<?, ?, ?> subject;
    private final Schedule schedule;
    private final Life life;
    private final EngineUnderTest engine;
    private final Set<String> given = new HashSet<>();
    private final Set<String> late = new HashSet<>();

    Answers(Subject<?, ?, ?> subject, Schedule schedule, Life life, EngineUnderTest engine) {
        this.subject = subject;
        this.schedule = schedule;
        this.life = life;
        this.engine = engine;
    }

    /** What the await at this path is answered, if anybody does. */
    Optional<String> to(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return schedule.failing(path, Failing.UNANSWERED).isPresent()
                ? Optional.empty()
                : Optional.ofNullable(
                        subject.answers().getOrDefault(path, subject.answers().get(name)));
    }

    /** Answers or decides one thing that is open; whether there was any. */
    boolean one(SagaStatus<?> status) {
        for (Map.Entry<String, String> callback :
                engine.callbacks(Rehearsal.NAME).entrySet()) {
            Optional<String> json = to(callback.getKey());
            if (json.isPresent() && given.add(callback.getValue())) {
                return answer(callback.getKey(), callback.getValue(), json.get());
            }
        }
        return decide(status);
    }

    private boolean answer(String path, String id, String json) {
        if (races(Place.ANSWER_LATE, path)) {
            life.chronicle().note(Event.What.FAULT, "answered when " + path + " has timed out", null, null);
            late.add(id);
            return false;
        }
        expect(CallbackAnswer.ACCEPTED, engine.complete(id, json), path);
        life.chronicle().note(Event.What.ANSWERED, path, null, json);
        if (races(Place.ANSWER_TWICE, path)) {
            life.chronicle().note(Event.What.FAULT, path + " is answered again", null, null);
            expect(CallbackAnswer.DUPLICATE, engine.complete(id, "null"), path);
        }
        return true;
    }

    private boolean races(Place place, String path) {
        return life.strike(place, path)
                .filter(struck -> struck.fault() == Fault.CALLBACK_RACE)
                .isPresent();
    }

    private boolean decide(SagaStatus<?> status) {
        if (subject.decision() == null || !(status instanceof SagaStatus.Parked<?> parked)) {
            return false;
        }
        for (SagaStatus.ParkedDecision decision : parked.decisions()) {
            boolean again = subject.decision() instanceof Decision.Retry && !given.add("retry " + decision.path());
            if (!again && given.add(decision.id())) {
                expect(CallbackAnswer.ACCEPTED, engine.decide(decision.id(), subject.decision()), decision.path());
                life.chronicle().note(Event.What.ANSWERED, decision.path(), null, subject.decision());
                return true;
            }
        }
        return false;
    }

    /** Whoever answers after the timeout is told so. */
    void tooLate() {
        late.removeIf(id -> {
            boolean open = engine.callbacks(Rehearsal.NAME).containsValue(id);
            if (!open) {
                expect(CallbackAnswer.LATE, engine.complete(id, "null"), id);
            }
            return !open;
        });
    }

    private void expect(CallbackAnswer expected, CallbackAnswer actual, String path) {
        if (actual != expected) {
            life.violated(new Violation("callback", "the answer to " + path, expected.toString(), actual.toString()));
        }
    }
}
