package io.durablesaga.testing.rehearsal;

import io.durablesaga.testing.engine.RecordGate;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Place;
import io.durablesaga.testing.fault.Point;
import io.durablesaga.testing.fault.Schedule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the engine of a run writes its records: notes them, and breaks what is planned to break. */
final class Gate implements RecordGate {
    private final Life life;
    private @Nullable Point lostAcknowledgement;

    Gate(Life life) {
        this.life = life;
    }

    @Override
    public void before(List<Written> written) {
        if (life.dead() || life.landing()) {
            life.tooLate("a process that had been superseded wrote " + written);
            throw new WriteFailed(How.STALE);
        }
        for (Written one : written) {
            place(one).flatMap(place -> life.strike(place, one.name())).ifPresent(this::breakWrite);
        }
    }

    private void breakWrite(Schedule.Injected struck) {
        if (struck.fault() == Fault.CRASH) {
            life.die(struck.point(), Fault.CRASH);
            throw new WriteFailed(How.CONNECTION_LOST);
        }
        if (struck.fault() == Fault.ACK_LOST) {
            lostAcknowledgement = struck.point();
            return;
        }
        fail(struck);
    }

    /** The incarnation is told that its write failed, and ends; the process lives. */
    private void fail(Schedule.Injected struck) {
        life.note(struck.point(), struck.fault());
        life.chronicle().nextIncarnation();
        throw new WriteFailed(
                switch (struck.fault()) {
                    case THROTTLED -> How.THROTTLED;
                    case STALE_TOKEN -> How.STALE;
                    default -> How.CONNECTION_LOST;
                });
    }

    @Override
    public void after(List<Written> written) {
        for (Written one : written) {
            if (one.execution().equals(Rehearsal.NAME)) {
                Event.Durable durable = new Event.Durable(one.kind(), one.event(), one.attempt());
                life.chronicle().note(Event.What.RECORDED, one.name(), null, durable);
            }
        }
        Point lost = lostAcknowledgement;
        lostAcknowledgement = null;
        if (lost != null) {
            fail(new Schedule.Injected(Fault.ACK_LOST, lost));
        }
        for (Written one : written) {
            place(one)
                    .flatMap(Gate::afterwards)
                    .flatMap(place -> life.strike(place, one.name()))
                    .ifPresent(this::die);
        }
    }

    private void die(Schedule.Injected struck) {
        life.die(struck.point(), struck.fault());
        throw new WriteFailed(How.CONNECTION_LOST);
    }

    private static Optional<Place> place(Written one) {
        boolean execution = one.kind().equals("EXECUTION");
        if (!one.execution().equals(Rehearsal.NAME)) {
            return Optional.empty();
        }
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
