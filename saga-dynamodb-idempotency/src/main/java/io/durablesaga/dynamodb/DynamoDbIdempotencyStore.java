package io.durablesaga.dynamodb;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.UndoClaim;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Idempotency keys in a DynamoDB table. Each method is one UpdateItem through the client given, whose retries, timeouts and metrics
 * are its user's; where a claim is granted when half of its lease is over, one more begins the lease anew. Whatever DynamoDB does not
 * do is a {@link StoreException}, never an answer. Thread-safe.
 *
 * @see DynamoDbAsyncIdempotencyStore
 */
public final class DynamoDbIdempotencyStore implements IdempotencyStore {
    private final Claims claims;

    /** Over this wire. */
    DynamoDbIdempotencyStore(Wire wire, IdempotencyTable table) {
        this.claims = new Claims(wire, table);
    }

    /** In this table, reached by this client. */
    public static DynamoDbIdempotencyStore over(DynamoDbClient client, IdempotencyTable table) {
        return new DynamoDbIdempotencyStore(Wire.of(client), table);
    }

    @Override
    public Claim claim(Request request) {
        return Requests.now(claims.claim(request));
    }

    @Override
    public UndoClaim claimUndo(UndoRequest request) {
        return Requests.now(claims.claimUndo(request));
    }

    @Override
    public boolean complete(Claim.Granted claim, String result) {
        return Requests.now(claims.complete(claim, result));
    }

    @Override
    public boolean fail(Claim.Granted claim, String failure) {
        return Requests.now(claims.fail(claim, failure));
    }

    @Override
    public boolean release(Claim.Granted claim) {
        return Requests.now(claims.release(claim));
    }

    @Override
    public boolean extend(Claim.Granted claim, Duration lease) {
        return Requests.now(claims.extend(claim, lease));
    }
}
