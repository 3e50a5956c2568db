package io.durablesaga.dynamodb;

/** What became of the undo of an effect, in one transaction with its record: it is undone in any case. */
public sealed interface TransactedUndo {
    /** It is undone, now, and the action is not let in any more. */
    record Applied() implements TransactedUndo {}

    /** It had been undone before, or there had been nothing to undo; nothing was written. */
    record Already() implements TransactedUndo {}

    /** The action never came, gave its key back or failed for good, and is not let in any more: there is nothing to undo and never will be. */
    record Nothing() implements TransactedUndo {}
}
