package io.durablesaga.properties.dispatcher;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.UndoClaim;
import io.durablesaga.properties.dispatcher.Plan.Place;
import java.time.Duration;
import java.util.function.Supplier;

/** A process's connection to the store that the start guard is in. */
final class PlayedGuard implements IdempotencyStore {
    private final Memory memory;
    private final Schedule schedule;
    private final Life life;

    PlayedGuard(Memory memory, Schedule schedule, Life life) {
        this.memory = memory;
        this.schedule = schedule;
        this.life = life;
    }

    private <T> T write(Supplier<T> write) {
        return Writing.carriedOut(life, schedule.next(Place.GUARD), write);
    }

    @Override
    public Claim claim(Request request) {
        return write(() -> memory.claim(request));
    }

    @Override
    public boolean complete(Claim.Granted claim, String result) {
        return write(() -> memory.complete(claim, result));
    }

    @Override
    public boolean release(Claim.Granted claim) {
        return write(() -> memory.release(claim));
    }

    @Override
    public UndoClaim claimUndo(UndoRequest request) {
        throw new UnsupportedOperationException("nobody undoes a start");
    }

    @Override
    public boolean fail(Claim.Granted claim, String failure) {
        throw new UnsupportedOperationException("a start does not fail for good");
    }

    @Override
    public boolean extend(Claim.Granted claim, Duration lease) {
        throw new UnsupportedOperationException("a start is not extended");
    }
}
