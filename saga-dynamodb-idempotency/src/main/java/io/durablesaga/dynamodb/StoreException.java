package io.durablesaga.dynamodb;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why DynamoDB did not do what it was asked. Never a statement about the effect itself: {@link #mayBeWritten()} says whether the
 * request may have been carried out all the same, and where it may, ask again under the same key and owner.
 */
public abstract sealed class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean mayBeWritten;

    private StoreException(String table, String message, boolean mayBeWritten, @Nullable Throwable cause) {
        super("table " + table + ": " + message, cause);
        this.mayBeWritten = mayBeWritten;
    }

    /** Whether it is unknown if the request was carried out; if not, it surely was not. */
    public final boolean mayBeWritten() {
        return mayBeWritten;
    }

    /** Too many requests for the table, one of its partitions or the account. */
    public static final class Throttled extends StoreException {
        private static final long serialVersionUID = 1L;

        Throttled(String table, boolean mayBeWritten, Throwable cause) {
            super(
                    table,
                    "throttled; ask again later, and if it goes on, give the table more capacity or spread the load over"
                            + " more keys",
                    mayBeWritten,
                    cause);
        }
    }

    /** Another request is writing to the same item. */
    public static final class Conflict extends StoreException {
        private static final long serialVersionUID = 1L;

        Conflict(String table, boolean mayBeWritten, Throwable cause) {
            super(table, "a transaction is writing to the same item; ask again", mayBeWritten, cause);
        }
    }

    /** The item, with what was to be written, is larger than DynamoDB takes. Nothing was written. */
    public static final class ItemTooLarge extends StoreException {
        private static final long serialVersionUID = 1L;

        ItemTooLarge(String table, Throwable cause) {
            super(
                    table,
                    "the item would be larger than DynamoDB takes (400 KB); store less in it, or large results by claim"
                            + " check (IdempotencyTable.largeResultsIn)",
                    false,
                    cause);
        }
    }

    /** There is no such table in this account and Region. Nothing was written. */
    public static final class TableMissing extends StoreException {
        private static final long serialVersionUID = 1L;

        TableMissing(String table, Throwable cause) {
            super(
                    table,
                    "there is none of this name in this account and Region; deploy it, or name the right one",
                    false,
                    cause);
        }
    }

    /** The table's key is not what it was said to be. Nothing was written. */
    public static final class WrongKeySchema extends StoreException {
        private static final long serialVersionUID = 1L;

        WrongKeySchema(String table, String message, Throwable cause) {
            super(table, message, false, cause);
        }
    }

    /** The caller may not do this, or not any more, as where credentials run out between two attempts. */
    public static final class NotPermitted extends StoreException {
        private static final long serialVersionUID = 1L;

        NotPermitted(String table, String action, String said, boolean mayBeWritten, Throwable cause) {
            super(
                    table,
                    "not permitted (" + said + "); the role needs " + action + " on this table",
                    mayBeWritten,
                    cause);
        }
    }

    /** There was no answer, or none that tells: it may have been written. */
    public static final class Unanswered extends StoreException {
        private static final long serialVersionUID = 1L;

        Unanswered(String table, Throwable cause) {
            this(
                    table,
                    "no answer that tells whether it was written ("
                            + cause.getClass().getSimpleName() + "); ask again under the same key and owner",
                    cause);
        }

        private Unanswered(String table, String message, Throwable cause) {
            super(table, message, true, cause);
        }

        /** A later attempt was refused by the caller's own condition, which says nothing of the one before. */
        static Unanswered beforeRefusal(String table, Throwable refusal) {
            return new Unanswered(
                    table,
                    "an attempt of the request got no answer, and the next one was refused: the first may still arrive. Ask"
                            + " again under the same key",
                    refusal);
        }
    }

    /** DynamoDB does not take such a request. */
    public static final class RequestRefused extends StoreException {
        private static final long serialVersionUID = 1L;

        RequestRefused(String table, String said, boolean mayBeWritten, Throwable cause) {
            super(table, "refused (" + said + "); look at the request, and at the table's state", mayBeWritten, cause);
        }
    }

    /**
     * A result is larger than may be stored with its key, and is not recorded: an effect that was claimed has happened and is unknown to
     * the store, a transaction has not been carried out.
     */
    public static final class ResultTooLarge extends StoreException {
        private static final long serialVersionUID = 1L;

        ResultTooLarge(String table, String key, int bytes, int most) {
            super(
                    table,
                    "key " + key + ": a result of " + bytes + " bytes is not stored, at most " + most
                            + " are; yield less, or store large results by claim check (IdempotencyTable.largeResultsIn)",
                    false,
                    null);
        }
    }

    /**
     * The claim check, or the seal, did not do its work. Nothing was written to the table, but where an undo was claimed whose action's
     * result does not read: that action is kept out from here on.
     */
    public static final class ResultOutOfReach extends StoreException {
        private static final long serialVersionUID = 1L;

        ResultOutOfReach(String table, String key, String what, boolean mayBeWritten, Throwable cause) {
            super(table, "key " + key + ": " + what, mayBeWritten, cause);
        }
    }

    /** An item has as many stamps as it may have. Nothing was written. */
    public static final class StampsFull extends StoreException {
        private static final long serialVersionUID = 1L;

        StampsFull(String table, int stamps, Duration keep) {
            super(
                    table,
                    "the item has " + stamps + " stamps, as many as it may within " + keep + "; keep them for a shorter"
                            + " time (Stamps.keepingFor), allow more (Stamps.atMost), or use a transaction for this effect",
                    false,
                    null);
        }
    }
}
