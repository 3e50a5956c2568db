package io.durablesaga.dynamodb;

import io.durablesaga.idempotency.Claim.Side;
import java.time.Instant;
import java.util.List;

/** What became of the undo of an effect, in one transaction with its record. */
public sealed interface TransactedUndo {
    /** It is undone, now, and the action is not let in any more. */
    record Applied() implements TransactedUndo {}

    /** It had been undone before, or there had been nothing to undo; nothing was written. */
    record Already() implements TransactedUndo {}

    /** The action never came, gave its key back or failed for good, and is not let in any more: there is nothing to undo and never will be. */
    record Nothing() implements TransactedUndo {}

    /**
     * Somebody has claimed the key, or its undo, and the end of that is not recorded. Nothing was written.
     *
     * @param side what was claimed. An action's effect is unknown then; whoever claims its undo from the store may undo it
     * @param owner who
     * @param until when the lease ends, by the clock of who asked
     */
    record InProgress(Side side, String owner, Instant until) implements TransactedUndo {}

    /** The key belongs to the action of somebody else. Nothing was written. */
    record AnothersAction(String owner) implements TransactedUndo {}

    /**
     * Own conditions of writes did not hold. Nothing was written: the action has happened and is not undone.
     *
     * @param writes those
     */
    record Refused(List<RefusedWrite> writes) implements TransactedUndo {}
}
