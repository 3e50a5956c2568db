package io.durablesaga.properties;

import io.durablesaga.Effect;
import io.durablesaga.Polling;
import io.durablesaga.Retries;
import io.durablesaga.Scope;
import io.durablesaga.StepOptions;
import io.durablesaga.Undo;
import io.durablesaga.UndoOptions;
import io.durablesaga.Within;
import java.time.Duration;

/** The options that a specification asks for. */
final class Options {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST_BYTES = 1_000;

    private Options() {}

    static StepOptions of(Work work, boolean replays) {
        StepOptions options = StepOptions.with().retry(Retries.every(SECOND, work.attempts()));
        if (work.ever(Behaviour.Then.DECLINES)) {
            options = options.rejectedBy(World.Declined.class);
        }
        if (work.ever(Behaviour.Then.YIELDS_TOO_MUCH)) {
            options = options.resultAtMost(MOST_BYTES);
        }
        return replays ? options.providerReplays() : options;
    }

    /** More than a step says can be stored. */
    static String tooMuch() {
        return "x".repeat(MOST_BYTES);
    }

    static Polling polling(NodeSpec.Poll poll) {
        return Polling.every(SECOND, poll.looks());
    }

    static Within within(NodeSpec.Await await) {
        Within within = Within.within(Duration.ofHours(1));
        return await.heartbeat() ? within.heartbeat(Duration.ofMinutes(10)) : within;
    }

    /** The undo of a body whose place is known once the scope is. */
    static <S extends Scope<String>> Undo<S, String> undo(World world, UndoSpec spec, Place<S> place) {
        if (spec instanceof UndoSpec.Nothing) {
            return Undo.nothingToUndo("there is none");
        } else if (spec instanceof UndoSpec.Irreversible) {
            return Undo.irreversible("nothing undoes it");
        }
        UndoSpec.By by = (UndoSpec.By) spec;
        UndoOptions options = options(by);
        Undo.Body<S, String> body = (scope, effect) -> undo(world, Body.undo(place.of(scope)), scope, effect, by);
        return by.finding()
                ? Undo.undoFinding(options, (scope, actionKey) -> world.find(actionKey), body)
                : Undo.undo(options, body);
    }

    private static void undo(World world, Body body, Scope<String> scope, Effect<String> effect, UndoSpec.By by)
            throws Exception {
        world.undo(body, scope, effect, by);
    }

    private static UndoOptions options(UndoSpec.By by) {
        UndoOptions options =
                UndoOptions.undoing().retry(Retries.every(SECOND, by.work().attempts()));
        options = by.holds() ? options.holdsEarlier() : options;
        return by.parks() ? options.onStuck(Definitions.PARKING) : options;
    }

    /** Where a node stands, for whatever item its scope is of. */
    @FunctionalInterface
    interface Place<S> {
        String of(S scope);
    }
}
