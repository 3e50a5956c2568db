package io.durablesaga.dynamodb;

/**
 * An undo was not carried out, and the effect stands: thrown, and not returned, since whoever overlooks it loses what was to be
 * undone. In a saga it fails this attempt of the undo, which is tried again and at last makes the saga stuck.
 */
public final class UndoRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndoRefused(String actionKey, String why) {
        super("undo of " + actionKey + ": " + why + ". Nothing was written: what was to be undone stands");
    }
}
