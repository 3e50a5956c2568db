package io.durablesaga.idempotency;

import java.time.Instant;

/** The answer to whoever wants to undo an effect. */
public sealed interface UndoClaim {
    /**
     * The undo is yours, and no action is let in under the key any more.
     *
     * @param claim to be completed when the undo is done
     * @param action what had become of the action by then
     */
    record Granted(Claim.Granted claim, Past action) implements UndoClaim {}

    /** The undo is done; this is its result. */
    record Completed(String result) implements UndoClaim {}

    /** Somebody else is undoing it. */
    record InProgress(String owner, long fence, Instant until) implements UndoClaim {}

    /** The key belongs to the action of somebody else. Nothing has been written. */
    record AnothersAction(String owner) implements UndoClaim {}

    /** What had become of an action when its undo was let in. */
    sealed interface Past {
        /** It never began, it gave its key back, or it failed for good: there is nothing to undo. */
        record Nothing() implements Past {}

        /**
         * It began and its end was not recorded: it may have happened, and while whoever began it is still at it, it may yet.
         *
         * @param until when its lease ends
         */
        record Unknown(Instant until) implements Past {}

        /** It happened, with this result. */
        record Completed(String result) implements Past {}
    }
}
