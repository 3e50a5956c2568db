package io.durablesaga.dynamodb;

import io.durablesaga.claimcheck.ClaimCheck;
import io.durablesaga.engine.Sha256;
import io.durablesaga.idempotency.Claim.Side;
import java.nio.charset.StandardCharsets;

/** How results and failures stand in a record: as they are, sealed, or as a reference to where they are kept. */
final class Texts {
    static final String PLAIN = "plain";

    private static final String SEALED = "sealed";
    private static final String KEPT = "kept";
    private static final int REFERENCE_DIGITS = 32;

    private final IdempotencyTable table;

    Texts(IdempotencyTable table) {
        this.table = table;
    }

    /**
     * A text as it is stored.
     *
     * @param data what stands in the record
     * @param form how to read it
     */
    record Stored(String data, String form) {}

    /** @param grant which of the grants of this side wrote it, for where it is kept elsewhere */
    Stored pack(String key, Side side, String grant, String text) {
        try {
            String data = table.seal().isPresent() ? table.seal().get().seal(bound(key, side), text) : text;
            String form = table.seal().isPresent() ? SEALED : PLAIN;
            int bytes = data.getBytes(StandardCharsets.UTF_8).length;
            if (table.claimCheckFor(bytes).isPresent()) {
                String reference = reference(key, side, grant, data);
                table.claimCheckFor(bytes).get().store(reference, data);
                return new Stored(reference, form + "," + KEPT);
            }
            if (bytes > table.maxResultBytes()) {
                throw new StoreException.ResultTooLarge(table.name(), key, bytes, table.maxResultBytes());
            }
            return new Stored(data, form);
        } catch (StoreException e) {
            throw e;
        } catch (Exception e) {
            throw outOfReach(
                    key,
                    "its result could not be sealed or stored elsewhere, and is not recorded: an effect that was claimed has"
                            + " happened, a transaction has not",
                    false,
                    e);
        }
    }

    /** @param mayBeWritten whether the request that brought it has written something */
    String unpack(String key, Side side, Stored stored, boolean mayBeWritten) {
        try {
            String text = stored.form().endsWith(KEPT) ? fetched(stored.data()) : stored.data();
            if (!stored.form().startsWith(SEALED)) {
                return text;
            }
            return table.seal()
                    .orElseThrow(() -> new IllegalStateException(
                            "it is sealed, and the table has no seal; give it with IdempotencyTable.sealedBy"))
                    .open(bound(key, side), text);
        } catch (Exception e) {
            throw outOfReach(
                    key,
                    "it has come to an end, but what is stored of that cannot be read: " + e.getMessage(),
                    mayBeWritten,
                    e);
        }
    }

    private StoreException outOfReach(String key, String what, boolean mayBeWritten, Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // whoever is waiting for this attempt to end still is
        }
        return new StoreException.ResultOutOfReach(table.name(), key, what, mayBeWritten, e);
    }

    private String fetched(String reference) throws Exception {
        ClaimCheck claimCheck = table.claimCheck()
                .orElseThrow(() ->
                        new IllegalStateException("it is kept elsewhere, and the table has no claim check; give it with"
                                + " IdempotencyTable.largeResultsIn"));
        String text = claimCheck.fetch(reference);
        if (text == null) {
            throw new IllegalStateException("the claim check has nothing under " + reference);
        }
        if (!reference.endsWith(digest(text))) {
            throw new IllegalStateException("the claim check has something else under " + reference);
        }
        return text;
    }

    /** What a sealed text is tied to. */
    private static String bound(String key, Side side) {
        return side + " " + key;
    }

    private static String reference(String key, Side side, String grant, String data) {
        return "effects/" + digest(key) + "/" + side + "-" + grant + "-" + digest(data);
    }

    private static String digest(String text) {
        return Sha256.hex(text).substring(0, REFERENCE_DIGITS);
    }
}
