package io.durablesaga.result;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one effect of a saga that did not complete.
 *
 * @param path the step
 * @param action what is known of its action
 * @param state what became of the effect
 * @param actionKey the idempotency key of the action
 * @param undoKey the idempotency key of the undo
 * @param actionAttempts how often the action was attempted
 * @param undoAttempts how often the undo was attempted
 * @param lastError the last error of the undo, or else of the action
 * @param reason why there is no undo, or what a person said
 */
public record EffectReport(
        String path,
        Action action,
        State state,
        String actionKey,
        String undoKey,
        int actionAttempts,
        int undoAttempts,
        @Nullable Failure lastError,
        @Nullable String reason) {

    /** What is known of an action. */
    public enum Action {
        /** It completed. */
        COMPLETED,
        /** It may have had its effect. */
        UNKNOWN,
        /** It surely had no effect. */
        REJECTED
    }

    /** What became of an effect. */
    public enum State {
        /** Its undo completed. */
        UNDONE,
        /** A person said that it is settled by hand. */
        RESOLVED,
        /** The step said that there is nothing to undo. */
        NOTHING_TO_UNDO,
        /** The step said that it cannot be undone. */
        IRREVERSIBLE,
        /** Its undo failed for good. */
        NOT_UNDONE,
        /** Its undo was not started, because a later step's undo failed and holds earlier ones. */
        HELD,
        /** A person said to leave it. */
        SKIPPED,
        /** It stands: the saga had passed its pivot, or stopped where nothing unwinds. */
        STANDING,
        /** It should have happened past the pivot, and did not or may not have. */
        NOT_DONE;

        /** Whether somebody still has to look at it. */
        public boolean open() {
            return switch (this) {
                case NOT_UNDONE, HELD, SKIPPED, STANDING, NOT_DONE -> true;
                case UNDONE, RESOLVED, NOTHING_TO_UNDO, IRREVERSIBLE -> false;
            };
        }
    }

    /** Path, states and keys are required. */
    public EffectReport {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(actionKey, "actionKey");
        Objects.requireNonNull(undoKey, "undoKey");
    }
}
