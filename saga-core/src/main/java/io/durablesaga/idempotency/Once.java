package io.durablesaga.idempotency;

import io.durablesaga.Effect;
import io.durablesaga.StepRejected;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Has an effect once per key: claims the key, has the effect, records its result. Whoever comes again gets the result; whoever
 * comes meanwhile is turned away; whoever comes after its undo is {@linkplain StepRejected rejected}.
 *
 * <pre>{@code
 * .step(SHIP, with().providerReplays(),
 *         s -> once.run(EffectKey.of(s.key(), SHIP), OnUnknown.lookUp(() -> parcels.find(s.key())),
 *                 () -> parcels.book(s.input().address(), s.key())),
 *         undo((s, effect) -> once.undo(EffectKey.of(effect.actionKey(), SHIP), s.key(),
 *                 booked -> parcels.cancel(booked.actionKey()))))
 * }</pre>
 *
 * <p>A lease is extended for as long as the effect takes, by a thread that ends when there is nothing to extend; so a lease only
 * bounds how long others stay out when a process dies. What nobody can do is to have the effect and record it in one: a process
 * that dies in between leaves it unknown, and {@link OnUnknown} says what is right then.
 *
 * <p>Works in sagas and without. Immutable and thread-safe.
 */
public final class Once {
    private final IdempotencyStore store;
    private final Duration lease;
    private final Results results;
    private final Predicate<String> ownerIsGone;
    private final ClearFailures clear;
    private final Heartbeat heartbeat;

    private Once(
            IdempotencyStore store,
            Duration lease,
            Results results,
            Predicate<String> ownerIsGone,
            ClearFailures clear) {
        this.store = store;
        this.lease = lease;
        this.results = results;
        this.ownerIsGone = ownerIsGone;
        this.clear = clear;
        this.heartbeat = new Heartbeat(store, lease);
    }

    /** Claims in this store, for a minute at a time. */
    public static Once over(IdempotencyStore store) {
        return new Once(
                Objects.requireNonNull(store, "store"),
                Duration.ofMinutes(1),
                new Results(SagaJson.standard()),
                owner -> false,
                new ClearFailures(List.of(StepRejected.class), List.of()));
    }

    /** How long others stay out after a process has died; at least a second. */
    public Once lease(Duration newLease) {
        if (Objects.requireNonNull(newLease, "lease").compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("lease: " + newLease + "; at least a second, to be extended in time");
        }
        return new Once(store, newLease, results, ownerIsGone, clear);
    }

    /** How results are written and read. */
    public Once json(SagaJson newJson) {
        return new Once(store, lease, new Results(newJson), ownerIsGone, clear);
    }

    /**
     * Asks whether the owner of a claim that is in the way is gone for good, instead of waiting for its lease. Yes is a promise
     * that nothing of that owner runs any more.
     */
    public Once takingOverWhere(Predicate<String> newOwnerIsGone) {
        return new Once(store, lease, results, Objects.requireNonNull(newOwnerIsGone, "ownerIsGone"), clear);
    }

    /** A failure of this type says that there surely was no effect: the key is given back, and the effect may be had later. {@link StepRejected} does. */
    public Once releasedBy(Class<? extends Exception> failure) {
        return new Once(store, lease, results, ownerIsGone, clear.releasing(failure));
    }

    /** A failure of this type says that there surely was no effect and never will be: whoever asks again is {@linkplain StepRejected rejected}. */
    public Once settledBy(Class<? extends Exception> failure) {
        return new Once(store, lease, results, ownerIsGone, clear.settling(failure));
    }

    /** An effect. */
    @FunctionalInterface
    public interface Body<R extends @Nullable Object> {
        /** Has it. */
        R run() throws Exception;
    }

    /** What undoes an effect. */
    @FunctionalInterface
    public interface UndoBody<R extends @Nullable Object> {
        /** Undoes it; tolerates that it never happened where its result is empty, and that it is already undone. */
        void undo(Effect<R> effect) throws Exception;
    }

    /** What an undo came to. */
    public enum Undone {
        /** It ran. */
        NOW,
        /** It had run before. */
        BEFORE,
        /** There was nothing to undo, and never will be. */
        NOTHING
    }

    /**
     * Has the effect, unless it has been had; gives its result as it reads back from its record, which is JSON.
     *
     * @throws StepRejected if it has been undone, or has failed for good: there surely is no effect
     * @throws ClaimException if somebody else has the key, the key is another payload's, or the outcome is unknown
     * @throws IllegalStateException if the effect has happened and its result cannot be written or read
     * @throws Exception what the effect throws; unless {@link #releasedBy} or {@link #settledBy} name it, its outcome is unknown
     *     and the key stays claimed
     */
    public <R extends @Nullable Object> R run(EffectKey<R> key, OnUnknown<R> onUnknown, Body<? extends R> body)
            throws Exception {
        Objects.requireNonNull(onUnknown, "onUnknown");
        Objects.requireNonNull(body, "body");
        Claim claim = claim(key);
        if (claim instanceof Claim.Completed done) {
            return results.read(key, done.result());
        }
        if (claim instanceof Claim.Granted granted) {
            return held(granted, () -> had(key, granted, onUnknown, body));
        }
        throw refused(key, claim);
    }

    /**
     * Undoes the effect, unless there is none or it has been undone. From here on the effect is not had any more under this key.
     *
     * @param action the key of the effect, with the owner it was had by
     * @param undoKey who undoes it; in a saga {@code s.key()}
     * @throws ClaimException if somebody else is undoing it, or the key belongs to somebody else's effect
     * @throws Exception what the body throws; the undo may then be called again, under the same key at once
     */
    public <R extends @Nullable Object> Undone undo(EffectKey<R> action, String undoKey, UndoBody<R> body)
            throws Exception {
        Objects.requireNonNull(body, "body");
        action.requireOther(undoKey);
        UndoClaim claim = store.claimUndo(new UndoRequest(action.text(), action.owner(), undoKey, lease));
        if (claim instanceof UndoClaim.Completed) {
            return Undone.BEFORE;
        }
        if (claim instanceof UndoClaim.Granted granted) {
            return held(granted.claim(), () -> undone(action, granted, body));
        }
        if (claim instanceof UndoClaim.InProgress other) {
            throw new InProgressElsewhere(action.text(), other.owner(), other.until());
        }
        throw new AnothersEffect(action, ((UndoClaim.AnothersAction) claim).owner());
    }

    private Claim claim(EffectKey<?> key) {
        Request request = new Request(
                key.text(), key.owner(), key.payload().map(Fingerprint::text).orElse(""), lease, OptionalLong.empty());
        Claim claim = store.claim(request);
        boolean gone = claim instanceof Claim.InProgress other && ownerIsGone.test(other.owner());
        return gone ? store.claim(request.takingOver((Claim.InProgress) claim)) : claim;
    }

    private <R extends @Nullable Object> R had(
            EffectKey<R> key, Claim.Granted claim, OnUnknown<R> onUnknown, Body<? extends R> body) throws Exception {
        boolean inDoubt = claim.takenOver();
        if (inDoubt && onUnknown instanceof OnUnknown.Stop<R>) {
            throw new EffectUnknown(claim);
        }
        if (inDoubt && onUnknown instanceof OnUnknown.LookUp<R> lookUp) {
            Optional<R> found = found(claim, lookUp.finder());
            if (found.isPresent()) {
                return completed(key, claim, found.get());
            }
            inDoubt = false;
        }
        R result;
        try {
            result = body.run();
        } catch (Exception failure) {
            if (!claim.takenOver()) {
                throw settled(claim, failure);
            }
            // the key stays claimed: whoever was superseded may have the effect yet, so its undo must look for it
            throw inDoubt && clear.isSaidBy(failure) ? new EffectUnknown(claim, failure) : failure;
        }
        return completed(key, claim, result);
    }

    /** Looks the effect up. A refusal to tell is none of the effect. */
    private <R extends @Nullable Object> Optional<R> found(Claim.Granted claim, OnUnknown.Finder<R> finder)
            throws Exception {
        try {
            return Objects.requireNonNull(
                    finder.find(),
                    () -> "key " + claim.key()
                            + ": the look-up gave null; Optional.empty() says that there is no effect");
        } catch (Exception failure) {
            throw clear.isSaidBy(failure) ? new EffectUnknown(claim, failure) : failure;
        }
    }

    private <R extends @Nullable Object> Undone undone(EffectKey<R> action, UndoClaim.Granted granted, UndoBody<R> body)
            throws Exception {
        Undone undone = Undone.NOTHING;
        if (!(granted.action() instanceof UndoClaim.Past.Nothing)) {
            Optional<R> result = granted.action() instanceof UndoClaim.Past.Completed done
                    ? Optional.ofNullable(results.read(action, done.result()))
                    : Optional.empty();
            body.undo(new Effect<>(action.text(), result));
            undone = Undone.NOW;
        }
        boolean recorded = store.complete(granted.claim(), "null");
        if (!recorded && undone == Undone.NOW) {
            throw new ClaimLost(granted.claim());
        }
        return undone; // also where the claim was lost: what was nothing once stays nothing
    }

    /** Runs while the lease is extended: an effect until it is recorded, which takes long where results are kept elsewhere. */
    @SuppressWarnings("try") // the beat is there to be closed
    private <T extends @Nullable Object> T held(Claim.Granted claim, Body<T> body) throws Exception {
        try (Heartbeat.Beat beat = heartbeat.start(claim)) {
            return body.run();
        }
    }

    /** Records what a failure says of the effect. Where that cannot be recorded the failure says it all the same. */
    private Exception settled(Claim.Granted claim, Exception failure) {
        try {
            if (clear.settles(failure)) {
                store.fail(claim, failure.getClass().getSimpleName() + ": " + failure.getMessage());
            } else if (clear.releases(failure)) {
                store.release(claim);
            }
        } catch (RuntimeException notRecorded) {
            failure.addSuppressed(notRecorded);
        }
        return failure;
    }

    private <R extends @Nullable Object> R completed(EffectKey<R> key, Claim.Granted claim, R result) {
        String text = results.write(key, result);
        if (!store.complete(claim, text)) {
            throw new ClaimLost(claim);
        }
        return results.read(key, text);
    }

    private static RuntimeException refused(EffectKey<?> key, Claim claim) {
        if (claim instanceof Claim.Undone) {
            return new StepRejected(
                    "key " + key.text() + ": it is being undone or has been, so its effect must not happen any more");
        }
        if (claim instanceof Claim.Failed failed) {
            return new StepRejected("key " + key.text() + ": it has failed for good: " + failed.failure());
        }
        if (claim instanceof Claim.OtherPayload other) {
            return new OtherPayload(key.text(), other.expectedFingerprint());
        }
        Claim.InProgress other = (Claim.InProgress) claim;
        return new InProgressElsewhere(key.text(), other.owner(), other.until());
    }
}
