package io.durablesaga.dynamodb;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.UndoClaim;
import io.durablesaga.testing.contract.IdempotencyEndContract;
import io.durablesaga.testing.contract.IdempotencyStoreContract;
import io.durablesaga.testing.contract.IdempotencyUndoContract;
import io.durablesaga.testing.contract.OnceContract;
import io.durablesaga.testing.contract.OnceDoubtContract;
import io.durablesaga.testing.contract.OnceUndoContract;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The store on DynamoDB is a store, with either client. */
@ExtendWith(LocalDynamoDb.Extension.class)
class DynamoDbIdempotencyStoreTest {
    private static DynamoDbClient client;
    private static DynamoDbAsyncClient asyncClient;

    @BeforeAll
    static void reach(LocalDynamoDb dynamo) {
        client = dynamo.client();
        asyncClient = dynamo.asyncClient();
    }

    @AfterAll
    static void leave() {
        client.close();
        asyncClient.close();
    }

    private static IdempotencyStore waiting(InstantSource clock) {
        return DynamoDbIdempotencyStore.over(client, Effects.table(client).clock(clock));
    }

    private static IdempotencyStore notWaiting(InstantSource clock) {
        return new Joined(DynamoDbAsyncIdempotencyStore.over(
                asyncClient, Effects.table(client).clock(clock)));
    }

    /** A store that waits for one that does not. */
    private record Joined(DynamoDbAsyncIdempotencyStore store) implements IdempotencyStore {
        @Override
        public Claim claim(Request request) {
            return store.claim(request).join();
        }

        @Override
        public UndoClaim claimUndo(UndoRequest request) {
            return store.claimUndo(request).join();
        }

        @Override
        public boolean complete(Claim.Granted claim, String result) {
            return store.complete(claim, result).join();
        }

        @Override
        public boolean fail(Claim.Granted claim, String failure) {
            return store.fail(claim, failure).join();
        }

        @Override
        public boolean release(Claim.Granted claim) {
            return store.release(claim).join();
        }

        @Override
        public boolean extend(Claim.Granted claim, Duration lease) {
            return store.extend(claim, lease).join();
        }
    }

    // idempotency.md: the contract
    @Nested
    class Claiming extends IdempotencyStoreContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return waiting(clock);
        }
    }
    // idempotency.md: end

    @Nested
    class Ending extends IdempotencyEndContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return waiting(clock);
        }
    }

    @Nested
    class Undoing extends IdempotencyUndoContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return waiting(clock);
        }
    }

    @Nested
    class HavingOnce extends OnceContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return waiting(clock);
        }
    }

    @Nested
    class Doubting extends OnceDoubtContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return waiting(clock);
        }
    }

    @Nested
    class UndoingOnce extends OnceUndoContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return waiting(clock);
        }
    }

    @Nested
    class ClaimingWithoutWaiting extends IdempotencyStoreContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return notWaiting(clock);
        }
    }

    @Nested
    class EndingWithoutWaiting extends IdempotencyEndContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return notWaiting(clock);
        }
    }

    @Nested
    class UndoingWithoutWaiting extends IdempotencyUndoContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return notWaiting(clock);
        }
    }
}
