package io.durablesaga.testing.rehearsal;

import io.durablesaga.ItemScope;
import io.durablesaga.StepRejected;
import io.durablesaga.testing.engine.EngineUnderTest;
import io.durablesaga.testing.fault.Failing;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Place;
import io.durablesaga.testing.fault.Schedule;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the bodies of a run are: notes what they do, lets them fail as the schedule says, and dies in them. */
final class Stage implements Bodies {
    private final Life life;
    private final Chronicle chronicle;
    private final Schedule schedule;
    private final Answers answers;
    private final Surroundings surroundings;
    private final Supplier<Built> built;
    private final EngineUnderTest engine;

    Stage(
            Life life,
            Schedule schedule,
            Answers answers,
            Surroundings surroundings,
            Supplier<Built> built,
            EngineUnderTest engine) {
        this.life = life;
        this.chronicle = life.chronicle();
        this.schedule = schedule;
        this.answers = answers;
        this.surroundings = surroundings;
        this.built = built;
        this.engine = engine;
    }

    @Override
    public Built built() {
        return built.get();
    }

    @Override
    public @Nullable Object effect(String operation, ItemScope<Object, Object> scope, boolean repeats, Code code)
            throws Exception {
        int mine = enter(Event.What.BEGAN, operation, scope);
        try {
            Object result = attempt(mine, operation, scope, repeats, code);
            chronicle.noteIn(mine, Event.What.RETURNED, operation, scope.key(), null);
            return result;
        } catch (Throwable thrown) {
            chronicle.noteIn(mine, Event.What.THREW, operation, scope.key(), thrown);
            throw thrown;
        } finally {
            life.leaveBody();
        }
    }

    @Override
    public @Nullable Object look(String operation, ItemScope<Object, Object> scope, Code code) throws Exception {
        enter(Event.What.LOOKED, operation, scope);
        try {
            life.hit(Place.BODY, operation);
            if (schedule.failing(operation, Failing.BEFORE_EFFECT).isPresent()) {
                throw new InjectedFailure(operation);
            }
            Object result = code.run();
            life.hit(Place.EFFECT, operation);
            return result;
        } finally {
            life.leaveBody();
        }
    }

    private int enter(Event.What what, String operation, ItemScope<Object, Object> scope) {
        if (life.dead()) {
            life.tooLate("the body of " + operation + " was started by a process that had died");
            throw new Died(operation);
        }
        built(); // before the body runs, since what builds a saga may call services
        int mine = life.enterBody();
        chronicle.noteIn(mine, what, operation, scope.key(), scope.attempt());
        return mine;
    }

    private @Nullable Object attempt(
            int mine, String operation, ItemScope<Object, Object> scope, boolean repeats, Code code) throws Exception {
        boolean undo = Tally.isUndo(operation);
        life.hit(Place.BODY, operation);
        boolean saidNo =
                repeats && schedule.failing(scope.path(), Failing.REJECTED).isPresent();
        if (saidNo || failing(undo, scope.path(), Failing.REJECTED)) {
            throw new StepRejected(operation + " is rejected, as the schedule says");
        }
        if (failing(undo, scope.path(), Failing.BEFORE_EFFECT)) {
            throw new InjectedFailure(operation);
        }
        Object result = code.run();
        Event.What effect = life.landing() ? Event.What.LANDED : Event.What.EFFECT;
        chronicle.noteIn(mine, effect, operation, scope.key(), null);
        if (schedule.failing(scope.path(), Failing.TWICE).isPresent()) {
            result = code.run();
        }
        life.hit(Place.EFFECT, operation);
        if (failing(undo, scope.path(), Failing.AFTER_EFFECT)) {
            throw new InjectedFailure(operation);
        }
        return result;
    }

    /**
     * What a superseded incarnation has on its way arrives, though a later attempt fails: nothing is worse. Only a provider
     * that has said no, and repeats its answers, says so again.
     */
    private boolean failing(boolean undo, String path, Failing way) {
        Failing wanted = undo && way == Failing.BEFORE_EFFECT ? Failing.UNDO : way;
        return undo == (wanted == Failing.UNDO)
                && !life.landing()
                && schedule.failing(path, wanted).isPresent();
    }

    @Override
    public void sent(String path, String callbackId) {
        Optional<String> answer = answers.to(path);
        Place early = Place.ANSWER_EARLY;
        if (answer.isPresent()
                && life.strike(early, path)
                        .filter(at -> at.fault() == Fault.CALLBACK_RACE)
                        .isPresent()) {
            chronicle.note(Event.What.FAULT, "answered before " + path + " has returned", null, null);
            engine.complete(callbackId, answer.get());
        }
    }

    @Override
    public @Nullable Object lambda(String name, Lambda code) {
        built(); // before the lambda runs, since what builds a saga may call services
        life.lambda(name);
        try {
            Worked first = Worked.out(code);
            Worked second = surroundings.elsewhere(() -> Worked.out(code));
            if (!first.same(second)) {
                life.violated(new Violation(
                        "determinism",
                        "what '" + name + "' works out is not the same when it is worked out again: a replay would go"
                                + " another way. Record what it depends on with capture(...)",
                        first.toString(),
                        second.toString()));
            }
            return first.get();
        } finally {
            life.lambda(null);
        }
    }
}
