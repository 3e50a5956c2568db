package io.durablesaga.testing.rehearsal;

import io.durablesaga.ItemScope;
import io.durablesaga.Saga;
import io.durablesaga.StepRejected;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.testing.engine.EngineUnderTest;
import io.durablesaga.testing.engine.RecordGate;
import io.durablesaga.testing.fault.Failing;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Place;
import io.durablesaga.testing.fault.Point;
import io.durablesaga.testing.fault.Schedule;
import io.durablesaga.testing.world.CallWatch;
import io.durablesaga.testing.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Where the saga under test meets its schedule: in its bodies, in the services it calls, and where the engine writes its
 * records. Thread-safe.
 */
final class Stage<W> implements Bodies, RecordGate, CallWatch {
    /** The execution's name. */
    static final String NAME = "rehearsal";

    private static final SagaJson JSON = SagaJson.standard();

    private final Subject<W, ?, ?> subject;
    private final Schedule schedule;
    private final EngineUnderTest engine;
    private final Surroundings surroundings;
    private final Chronicle chronicle = new Chronicle();
    private final Faults faults;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, String> sent = new HashMap<>();
    private final World world = new World(this);
    private final W own;
    private final CountDownLatch landing = new CountDownLatch(1);
    private final ThreadLocal<@Nullable Integer> incarnation = new ThreadLocal<>();
    private final ThreadLocal<@Nullable String> lambda = new ThreadLocal<>();

    private volatile boolean dead;
    private volatile boolean zombie;
    private volatile boolean landed;
    private volatile boolean redefined;
    private volatile boolean stale = true;
    private volatile @Nullable Built built;
    private @Nullable Statics statics;
    private volatile @Nullable Point lostAcknowledgement;

    Stage(Subject<W, ?, ?> subject, Schedule schedule, EngineUnderTest engine, Surroundings surroundings) {
        this.subject = subject;
        this.schedule = schedule;
        this.engine = engine;
        this.surroundings = surroundings;
        this.faults = new Faults(schedule);
        this.own = subject.world().apply(world);
    }

    Chronicle chronicle() {
        return chronicle;
    }

    Faults faults() {
        return faults;
    }

    W own() {
        return own;
    }

    synchronized List<Violation> violations() {
        return List.copyOf(violations);
    }

    synchronized void violated(Violation violation) {
        violations.add(violation);
    }

    /** The callback that a notification has sent out. */
    synchronized Optional<String> sentTo(String path) {
        return Optional.ofNullable(sent.get(path));
    }

    // the life of incarnations

    /** Whether the process has died and no other one has been started. */
    boolean dead() {
        return dead;
    }

    /** Whether a body of a dead process still runs. */
    boolean zombie() {
        return zombie;
    }

    /** Whether the next process has another definition; asked once per death. */
    boolean takeRedefined() {
        boolean was = redefined;
        redefined = false;
        return was;
    }

    /** Another process starts. */
    void reborn() {
        dead = false;
        nextIncarnation();
    }

    /** Whatever runs next has built its saga and services anew. */
    void nextIncarnation() {
        chronicle.nextIncarnation();
        stale = true;
    }

    /** Nothing of this run is left behind. */
    synchronized void close() {
        if (statics != null) {
            statics.restore();
        }
        surroundings.enter(1);
    }

    /** The superseded body goes on. */
    void land() {
        landed = true;
        landing.countDown();
    }

    void die(Point point, Fault fault) {
        dead = true;
        chronicle.note(Event.What.FAULT, fault + " at " + point, null, null);
        engine.kill();
    }

    /** Passes a point; whether what is planned there, if anything, is this. */
    boolean strikes(Fault fault, Place place, String operation) {
        return strike(place, operation)
                .filter(struck -> struck.fault() == fault)
                .isPresent();
    }

    private Optional<Schedule.Injected> strike(Place place, String operation) {
        if (zombie && landed) {
            return Optional.empty(); // what a zombie still does is nobody's plan
        }
        Point point = chronicle.pass(place, operation);
        return faults.take(point, chronicle.passed()).map(fault -> new Schedule.Injected(fault, point));
    }

    @Override
    public Built built() {
        Built current = built;
        if (current == null || stale) {
            current = build();
        }
        return current;
    }

    private synchronized Built build() {
        Built current = built;
        if (current != null && !stale) {
            return current;
        }
        surroundings.enter(chronicle.incarnation());
        if (statics != null) {
            statics.restore();
        }
        Built fresh = new Built(subject.saga().apply(own, world));
        if (statics == null) {
            statics = surroundings.statics(fresh);
        }
        if (current != null && !current.shape().equals(fresh.shape())) {
            throw new IllegalStateException("the saga is built as " + fresh.shape() + " where it was built as "
                    + current.shape() + " before: what builds it must not depend on what has happened");
        }
        built = fresh;
        stale = false;
        return fresh;
    }

    /** The definition of the first incarnation, with the bodies of whichever runs. */
    @SuppressWarnings("unchecked") // the subject builds sagas of these types
    <I, O extends @Nullable Object> Saga<I, O> decorated(Subject<W, I, O> typed) {
        return Decoration.of((Saga<I, O>) built().saga(), this);
    }

    // bodies

    @Override
    public @Nullable Object effect(String operation, ItemScope<Object, Object> scope, Code code) throws Exception {
        int mine = enter(Event.What.BEGAN, operation, scope);
        try {
            Object result = attempt(mine, operation, scope, code);
            chronicle.noteIn(mine, Event.What.RETURNED, operation, scope.key(), null);
            return result;
        } catch (Throwable thrown) {
            chronicle.noteIn(mine, Event.What.THREW, operation, scope.key(), thrown);
            throw thrown;
        } finally {
            incarnation.remove();
        }
    }

    @Override
    public @Nullable Object look(String operation, ItemScope<Object, Object> scope, Code code) throws Exception {
        enter(Event.What.LOOKED, operation, scope);
        try {
            hit(strike(Place.BODY, operation));
            if (schedule.failing(operation, Failing.BEFORE_EFFECT).isPresent()) {
                throw new InjectedFailure(operation);
            }
            Object result = code.run();
            hit(strike(Place.EFFECT, operation));
            return result;
        } finally {
            incarnation.remove();
        }
    }

    private int enter(Event.What what, String operation, ItemScope<Object, Object> scope) {
        if (dead) {
            violated(Violation.of("I5", "the body of " + operation + " was started by a process that had died"));
            throw new Died(operation);
        }
        int mine = chronicle.incarnation();
        incarnation.set(mine);
        chronicle.noteIn(mine, what, operation, scope.key(), scope.attempt());
        return mine;
    }

    private @Nullable Object attempt(int mine, String operation, ItemScope<Object, Object> scope, Code code)
            throws Exception {
        boolean undo = operation.startsWith("undo:");
        hit(strike(Place.BODY, operation));
        if (failing(undo, scope.path(), Failing.REJECTED)) {
            throw new StepRejected(operation + " is rejected, as the schedule says");
        }
        if (failing(undo, scope.path(), Failing.BEFORE_EFFECT)) {
            throw new InjectedFailure(operation);
        }
        Object result = code.run();
        chronicle.noteIn(mine, zombie && landed ? Event.What.LANDED : Event.What.EFFECT, operation, scope.key(), null);
        if (schedule.failing(scope.path(), Failing.TWICE).isPresent()) {
            result = code.run();
        }
        hit(strike(Place.EFFECT, operation));
        if (failing(undo, scope.path(), Failing.AFTER_EFFECT)) {
            throw new InjectedFailure(operation);
        }
        return result;
    }

    private boolean failing(boolean undo, String path, Failing way) {
        Failing wanted = undo && way == Failing.BEFORE_EFFECT ? Failing.UNDO : way;
        return undo == (wanted == Failing.UNDO)
                && schedule.failing(path, wanted).isPresent();
    }

    /** What happens to a body where it is. */
    private void hit(Optional<Schedule.Injected> struck) {
        if (struck.isEmpty()) {
            return;
        }
        Point point = struck.get().point();
        boolean lingers = struck.get().fault() == Fault.ZOMBIE;
        zombie |= lingers;
        die(point, struck.get().fault());
        if (!lingers) {
            throw new Died(point.toString());
        }
        awaitLanding();
    }

    private void awaitLanding() {
        boolean interrupted = false;
        while (true) {
            try {
                landing.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void sent(String path, String callbackId) {
        synchronized (this) {
            sent.put(path, callbackId);
        }
        if (strikes(Fault.CALLBACK_RACE, Place.ANSWER_EARLY, path)) {
            chronicle.note(Event.What.FAULT, "answered before " + path + " has returned", null, null);
            answer(path).ifPresent(json -> engine.complete(callbackId, json));
        }
    }

    Optional<String> answer(String path) {
        return schedule.failing(path, Failing.UNANSWERED).isPresent()
                ? Optional.empty()
                : Optional.ofNullable(subject.answers()
                        .getOrDefault(path, subject.answers().get(path.substring(path.lastIndexOf('/') + 1))));
    }

    @Override
    public @Nullable Object lambda(String name, Lambda code) {
        lambda.set(name);
        try {
            Object first = code.value();
            Object second = surroundings.elsewhere(code::value);
            if (!same(first, second)) {
                violated(new Violation(
                        "determinism",
                        "what '" + name + "' works out is not the same when it is worked out again: a replay would go"
                                + " another way. Record what it depends on with capture(...)",
                        String.valueOf(first),
                        String.valueOf(second)));
            }
            return first;
        } finally {
            lambda.remove();
        }
    }

    private static boolean same(@Nullable Object first, @Nullable Object second) {
        if (Objects.equals(first, second)) {
            return true;
        }
        try {
            return JSON.write(first).equals(JSON.write(second));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return true; // what cannot be written fails elsewhere, and tells why
        }
    }

    // services

    @Override
    public void before(String call) {
        String inLambda = lambda.get();
        if (inLambda != null) {
            violated(Violation.of(
                    "determinism",
                    "'" + inLambda + "' calls " + call
                            + " in a lambda outside its steps: it runs again on every replay."
                            + " Do it in a step, or record it with capture(...)"));
            return;
        }
        requireAlive(call);
        reached(Place.CALL, call);
    }

    @Override
    public void after(String call) {
        if (lambda.get() == null) {
            reached(Place.CALLED, call);
        }
    }

    private void reached(Place place, String call) {
        if (incarnation.get() != null) {
            hit(strike(place, call));
        }
    }

    private void requireAlive(String call) {
        Integer mine = incarnation.get();
        boolean lateEffect = zombie && landed;
        if (mine != null && !lateEffect && (dead || mine != chronicle.incarnation())) {
            throw new Died(call);
        }
    }

    // records

    @Override
    public void before(List<Written> written) {
        if (dead || (zombie && landed)) {
            violated(Violation.of("I5", "a process that had been superseded wrote " + written));
            throw new WriteFailed(How.STALE);
        }
        for (Written one : written) {
            Optional<Place> place = place(one);
            if (place.isPresent()) {
                strike(place.get(), one.name()).ifPresent(this::breakWrite);
            }
        }
    }

    private void breakWrite(Schedule.Injected struck) {
        if (struck.fault() == Fault.CRASH) {
            die(struck.point(), Fault.CRASH);
            throw new WriteFailed(How.CONNECTION_LOST);
        }
        if (struck.fault() == Fault.ACK_LOST) {
            lostAcknowledgement = struck.point();
            return;
        }
        chronicle.note(Event.What.FAULT, struck.fault() + " at " + struck.point(), null, null);
        nextIncarnation();
        throw new WriteFailed(
                struck.fault() == Fault.THROTTLED
                        ? How.THROTTLED
                        : struck.fault() == Fault.STALE_TOKEN ? How.STALE : How.CONNECTION_LOST);
    }

    @Override
    public void after(List<Written> written) {
        for (Written one : written) {
            if (one.execution().equals(NAME)) {
                chronicle.note(
                        Event.What.RECORDED,
                        one.name(),
                        null,
                        new Event.Durable(one.kind(), one.event(), one.attempt()));
            }
        }
        Point lost = lostAcknowledgement;
        if (lost != null) {
            lostAcknowledgement = null;
            chronicle.note(Event.What.FAULT, Fault.ACK_LOST + " at " + lost, null, null);
            nextIncarnation();
            throw new WriteFailed(How.CONNECTION_LOST);
        }
        for (Written one : written) {
            Optional<Place> place = place(one).flatMap(Stage::afterwards);
            if (place.isPresent()) {
                strike(place.get(), one.name()).ifPresent(this::dieAfterWrite);
            }
        }
    }

    private void dieAfterWrite(Schedule.Injected struck) {
        redefined = struck.fault() == Fault.REDEFINED;
        die(struck.point(), struck.fault());
        throw new WriteFailed(How.CONNECTION_LOST);
    }

    private static Optional<Place> place(Written one) {
        if (!one.execution().equals(NAME)) {
            return Optional.empty();
        }
        boolean execution = one.kind().equals("EXECUTION");
        return switch (one.event()) {
            case "STARTED", "ATTEMPT" -> execution ? Optional.empty() : Optional.of(Place.START);
            case "COMPLETED", "FAILED" -> Optional.of(execution ? Place.END : Place.RECORD);
            case "RETRY", "AGAIN" -> Optional.of(Place.RETRY);
            case "OPENED" -> Optional.of(Place.OPEN);
            default -> Optional.empty();
        };
    }

    private static Optional<Place> afterwards(Place place) {
        return switch (place) {
            case RECORD -> Optional.of(Place.RECORDED);
            case RETRY -> Optional.of(Place.RETRIED);
            case OPEN -> Optional.of(Place.OPENED);
            default -> Optional.empty();
        };
    }
}
