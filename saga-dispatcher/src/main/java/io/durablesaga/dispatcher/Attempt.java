package io.durablesaga.dispatcher;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.start.Failed;
import io.durablesaga.start.Standing;
import io.durablesaga.start.StandingAnswer;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.Throttled;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts one execution under one name, and judges it if the record has come before. */
final class Attempt {
    private final Starting starting;
    private final @Nullable StartGuard guard;
    private final boolean looksUp;

    /** @param looksUp whether an execution that the guard remembers is asked how it stands */
    Attempt(Starting starting, @Nullable StartGuard guard, boolean looksUp) {
        this.starting = starting;
        this.guard = guard;
        this.looksUp = looksUp;
    }

    /**
     * What came of it.
     *
     * @param judged whether an execution that exists is asked how it stands
     */
    Finding make(String name, String payload, boolean judged, Turn turn) throws InterruptedException {
        if (guard == null) {
            return start(name, payload, judged, turn);
        }
        if (!turn.holds()) {
            return Finding.of(Outcome.NOT_REACHED, name, "");
        }
        Claim claim = guard.claim(name, payload);
        if (claim instanceof Claim.Granted granted) {
            return guarded(granted, guard, name, payload, judged, turn);
        }
        if (claim instanceof Claim.Completed completed) {
            return remembered(StartGuard.Remembered.of(completed), guard, name, payload, turn);
        }
        return Finding.of(
                Outcome.FAILED,
                name,
                claim instanceof Claim.InProgress
                        ? "another payload is being started under its name"
                        : "the start guard has a record of it that is none of the dispatcher's: " + kind(claim));
    }

    private Finding guarded(
            Claim.Granted claim, StartGuard held, String name, String payload, boolean judged, Turn turn)
            throws InterruptedException {
        Optional<StartAnswer> answer = starting.start(name, payload, turn);
        if (answer.isPresent() && answer.get() instanceof StartAnswer.Accepted accepted) {
            if (!held.started(claim, name, payload, accepted.execution())) {
                return Finding.of(Outcome.FAILED, name, "it was started, and others keep the start guard from knowing");
            }
        } else if (surelyNot(claim, answer)) {
            held.notStarted(claim);
        }
        return judge(answer, name, judged, turn);
    }

    /**
     * Nothing was started, so that the name is left to another payload. What came of an earlier claim nobody knows; and whose a name is
     * that is in conflict is not always known either: it may be this payload's.
     */
    private static boolean surelyNot(Claim.Granted claim, Optional<StartAnswer> answer) {
        boolean never = answer.isPresent() && answer.get() instanceof StartAnswer.Refused;
        boolean notYet = answer.isEmpty() || answer.get() instanceof Throttled;
        return never || (notYet && !claim.takenOver());
    }

    private Finding start(String name, String payload, boolean judged, Turn turn) throws InterruptedException {
        return judge(starting.start(name, payload, turn), name, judged, turn);
    }

    private Finding judge(Optional<StartAnswer> asked, String name, boolean judged, Turn turn)
            throws InterruptedException {
        if (asked.isEmpty()) {
            return Finding.of(Outcome.NOT_REACHED, name, "");
        }
        StartAnswer answer = asked.get();
        if (answer instanceof StartAnswer.Accepted accepted) {
            return judged ? judged(accepted, turn) : Finding.of(Outcome.ACCEPTED, name, "");
        }
        if (answer instanceof StartAnswer.Conflict conflict) {
            return Finding.of(Outcome.CONFLICT, name, conflict.detail());
        }
        if (answer instanceof StartAnswer.Refused refused) {
            return Finding.of(Outcome.REFUSED, name, refused.detail());
        }
        if (answer instanceof Throttled throttled) {
            return Finding.of(Outcome.THROTTLED, name, throttled.reason());
        }
        return Finding.of(Outcome.FAILED, name, ((Failed) answer).detail());
    }

    /** The engine knows no execution that it has just accepted: it is new, and slow to be seen. */
    private Finding judged(StartAnswer.Accepted accepted, Turn turn) throws InterruptedException {
        return standing(accepted, turn, Outcome.ACCEPTED);
    }

    /** Not started again, whatever has become of it. */
    private Finding remembered(StartGuard.Remembered start, StartGuard held, String name, String payload, Turn turn)
            throws InterruptedException {
        if (!start.isOf(payload)) {
            return Finding.of(Outcome.CONFLICT, name, "the start guard knows the name for another payload");
        }
        if (!looksUp) {
            return Finding.of(Outcome.DUPLICATE, name, "the start guard remembers it");
        }
        Outcome unknown = held.longAgo(start) ? Outcome.FORGOTTEN : Outcome.DUPLICATE;
        Finding finding = standing(new StartAnswer.Accepted(name, start.execution()), turn, unknown);
        return finding.outcome() == Outcome.FORGOTTEN
                ? Finding.of(Outcome.FORGOTTEN, name, "started at " + start.at() + ", and the engine knows it no more")
                : finding;
    }

    private Finding standing(StartAnswer.Accepted accepted, Turn turn, Outcome unknown) throws InterruptedException {
        String name = accepted.name();
        Optional<StandingAnswer> asked = starting.standing(accepted, turn);
        if (asked.isEmpty()) {
            return Finding.of(Outcome.NOT_REACHED, name, "");
        }
        if (asked.get() instanceof Throttled throttled) {
            return Finding.of(Outcome.THROTTLED, name, "asked how it stands: " + throttled.reason());
        }
        if (asked.get() instanceof Failed failed) {
            return Finding.of(Outcome.FAILED, name, "asked how it stands: " + failed.detail());
        }
        Standing standing = (Standing) asked.get();
        return switch (standing.state()) {
            case RUNNING, COMPLETED -> Finding.of(Outcome.DUPLICATE, name, standing.detail());
            case COMPENSATED -> Finding.of(Outcome.COMPENSATED, name, standing.detail());
            case FAILED -> Finding.of(Outcome.ENDED_BADLY, name, ended("failed", standing));
            case TIMED_OUT -> Finding.of(Outcome.ENDED_BADLY, name, ended("timed out", standing));
            case STOPPED -> Finding.of(Outcome.ENDED_BADLY, name, ended("was stopped", standing));
            case UNKNOWN -> Finding.of(unknown, name, "");
        };
    }

    private static String ended(String how, Standing standing) {
        return "its execution " + how + (standing.detail().isEmpty() ? "" : ": " + standing.detail());
    }

    private static String kind(Claim claim) {
        return claim.getClass().getSimpleName();
    }
}
