package io.durablesaga.testing.rehearsal;

import io.durablesaga.testing.engine.EngineUnderTest;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Place;
import io.durablesaga.testing.fault.Point;
import io.durablesaga.testing.fault.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The processes of a run: which one lives, when it dies, and what the dead still do. Thread-safe. */
final class Life {
    private final EngineUnderTest engine;
    private final Faults faults;
    private final Chronicle chronicle;
    private final List<Violation> violations = new ArrayList<>();
    private final CountDownLatch landing = new CountDownLatch(1);
    private final ThreadLocal<@Nullable Integer> incarnation = new ThreadLocal<>();
    private final ThreadLocal<@Nullable String> lambda = new ThreadLocal<>();

    private volatile boolean dead;
    private volatile boolean zombie;
    private volatile boolean landed;
    private volatile boolean redefined;

    Life(EngineUnderTest engine, Schedule schedule) {
        this.engine = engine;
        this.faults = new Faults(schedule);
        this.chronicle = new Chronicle(engine::now);
    }

    Chronicle chronicle() {
        return chronicle;
    }

    Faults faults() {
        return faults;
    }

    synchronized List<Violation> violations() {
        return List.copyOf(violations);
    }

    synchronized void violated(Violation violation) {
        violations.add(violation);
    }

    /** A dead process does something; where several things happen at a time, it may have begun before it died. */
    void tooLate(String what) {
        if (oneAtATime()) {
            violated(Violation.of("I5", what));
        }
    }

    boolean oneAtATime() {
        return engine.oneAtATime();
    }

    // which process lives

    /** Whether the process has died and no other one has been started. */
    boolean dead() {
        return dead;
    }

    /** Whether a body of a dead process is on its way. */
    boolean zombie() {
        return zombie;
    }

    /** Whether that body goes on, now that everything else is over. */
    boolean landing() {
        return zombie && landed;
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
        chronicle.nextIncarnation();
    }

    /** The superseded body goes on. */
    void land() {
        landed = true;
        landing.countDown();
    }

    /** The process dies, world and engine as one. */
    void die(Point point, Fault fault) {
        redefined = fault == Fault.REDEFINED;
        dead = true;
        note(point, fault);
        engine.kill();
    }

    /** A fault that the process survives. */
    void note(Point point, Fault fault) {
        chronicle.note(Event.What.FAULT, fault.text() + " at " + point, null, null);
    }

    // what is planned

    /** Passes a point; what is planned there, if anything. */
    Optional<Schedule.Injected> strike(Place place, String operation) {
        if (landing()) {
            return Optional.empty(); // what a zombie still does is nobody's plan
        }
        Point point = chronicle.pass(place, operation);
        return faults.take(point, chronicle.passed()).map(fault -> new Schedule.Injected(fault, point));
    }

    /** Passes a point within a body; does to the body what is planned there. */
    void hit(Place place, String operation) {
        Optional<Schedule.Injected> struck = strike(place, operation);
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

    // what the calling thread does

    /** The calling thread runs a body of the current incarnation, which is returned. */
    int enterBody() {
        int mine = chronicle.incarnation();
        incarnation.set(mine);
        return mine;
    }

    void leaveBody() {
        incarnation.remove();
    }

    /** Whether the calling thread runs a body. */
    boolean inBody() {
        return incarnation.get() != null;
    }

    /** Refuses what a body of a dead process does, except for the one effect that was on its way. */
    void requireAlive(String what) {
        Integer mine = incarnation.get();
        if (mine != null && !landing() && (dead || mine != chronicle.incarnation())) {
            throw new Died(what);
        }
    }

    /** The calling thread runs the orchestration lambda of this node; null for none. */
    void lambda(@Nullable String name) {
        if (name == null) {
            lambda.remove();
        } else {
            lambda.set(name);
        }
    }

    /** Which orchestration lambda the calling thread runs. */
    Optional<String> lambda() {
        return Optional.ofNullable(lambda.get());
    }
}
