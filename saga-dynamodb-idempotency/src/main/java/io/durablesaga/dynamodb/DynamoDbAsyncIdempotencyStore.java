package io.durablesaga.dynamodb;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import io.durablesaga.idempotency.UndoClaim;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * {@link DynamoDbIdempotencyStore} without waiting: what is a result there completes a future here, what is thrown there fails it,
 * arguments that cannot be excepted. A claim check or seal of the table works on the thread that completes the client's own futures;
 * where it takes its time, give that client an executor. Thread-safe.
 */
public final class DynamoDbAsyncIdempotencyStore {
    private final Claims claims;

    /** Over this wire. */
    DynamoDbAsyncIdempotencyStore(Wire wire, IdempotencyTable table) {
        this.claims = new Claims(wire, table);
    }

    /** In this table, reached by this client. */
    public static DynamoDbAsyncIdempotencyStore over(DynamoDbAsyncClient client, IdempotencyTable table) {
        return new DynamoDbAsyncIdempotencyStore(Wire.of(client), table);
    }

    /** Claims a key, or says who has it or what came of it. */
    public CompletableFuture<Claim> claim(Request request) {
        return claims.claim(request);
    }

    /** Claims the undo of an action, and refuses that action from then on. */
    public CompletableFuture<UndoClaim> claimUndo(UndoRequest request) {
        return claims.claimUndo(request);
    }

    /** Records the result for good; whether the claim was still held, or had recorded it already. */
    public CompletableFuture<Boolean> complete(Claim.Granted claim, String result) {
        return claims.complete(claim, result);
    }

    /** Records for good that there surely was no effect; whether the claim was still held, or had recorded it already. */
    public CompletableFuture<Boolean> fail(Claim.Granted claim, String failure) {
        return claims.fail(claim, failure);
    }

    /** Gives the key back; whether the claim was still held, or has been released already. */
    public CompletableFuture<Boolean> release(Claim.Granted claim) {
        return claims.release(claim);
    }

    /** Begins the lease anew; whether the claim was still held. */
    public CompletableFuture<Boolean> extend(Claim.Granted claim, Duration lease) {
        return claims.extend(claim, lease);
    }
}
