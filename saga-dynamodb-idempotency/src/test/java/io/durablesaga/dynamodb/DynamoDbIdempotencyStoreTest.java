package io.durablesaga.dynamodb;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.testing.contract.IdempotencyEndContract;
import io.durablesaga.testing.contract.IdempotencyStoreContract;
import io.durablesaga.testing.contract.IdempotencyUndoContract;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The store on DynamoDB is a store. */
@ExtendWith(LocalDynamoDb.Extension.class)
class DynamoDbIdempotencyStoreTest {
    private static LocalDynamoDb dynamo;

    @BeforeAll
    static void reach(LocalDynamoDb local) {
        dynamo = local;
    }

    private static IdempotencyStore store(InstantSource clock) {
        return DynamoDbIdempotencyStore.over(dynamo.client(), Effects.table(dynamo, clock));
    }

    @Nested
    class Claiming extends IdempotencyStoreContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class Ending extends IdempotencyEndContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class Undoing extends IdempotencyUndoContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }
}
