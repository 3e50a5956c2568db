package io.durablesaga.properties;

import io.durablesaga.testing.engine.RecordGate;
import java.util.List;
import java.util.Optional;

/** Counts durable writes and lets go wrong the planned ones. */
final class Gate implements RecordGate {
    private final World world;
    private final Faults faults;

    Gate(World world, Faults faults) {
        this.world = world;
        this.faults = faults;
    }

    @Override
    public void before(List<Written> written) {
        Optional<Crash.How> how;
        synchronized (world) {
            faults.nextWrite();
            how = faults.atWrite(true);
        }
        how.ifPresent(this::goWrong);
    }

    @Override
    public void after(List<Written> written) {
        Optional<Crash.How> how;
        synchronized (world) {
            written.forEach(this::note);
            how = faults.atWrite(false);
        }
        how.ifPresent(this::goWrong);
    }

    private void note(Written written) {
        boolean undo = written.kind().equals("UNDO");
        boolean ofBody = undo || List.of("ACTION", "CAPTURE", "POLL").contains(written.kind());
        boolean outcome = ofBody
                && (written.event().equals("COMPLETED") || written.event().equals("FAILED"));
        String path = undo ? written.name().substring("undo:".length()) : written.name();
        world.wrote(
                written.execution(),
                outcome,
                new Body(path, undo),
                written.kind() + " " + written.name() + " " + written.event());
    }

    private void goWrong(Crash.How how) {
        String where = "write " + faults.writes() + " " + how;
        switch (how) {
            case DIES_BEFORE, DIES_AFTER -> {
                world.die(where);
                throw new WriteFailed(How.CONNECTION_LOST);
            }
            case THROTTLED -> {
                world.writeFailed(where);
                throw new WriteFailed(How.THROTTLED);
            }
            case CONNECTION_LOST_BEFORE, CONNECTION_LOST_AFTER -> {
                world.writeFailed(where);
                throw new WriteFailed(How.CONNECTION_LOST);
            }
        }
    }
}
