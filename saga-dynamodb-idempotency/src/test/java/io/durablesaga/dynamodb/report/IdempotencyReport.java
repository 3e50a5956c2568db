package io.durablesaga.dynamodb.report;

import io.durablesaga.dynamodb.DynamoDbIdempotencyStore;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the modes do under contention, what they cost in requests, and how fast they are, on the real DynamoDB in this process. */
public final class IdempotencyReport {
    private IdempotencyReport() {}

    /** Prints the report; fails if anything is not as promised. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        Counted counted = new Counted();
        boolean kept;
        try (LocalDynamoDb dynamo = LocalDynamoDb.start();
                DynamoDbClient client = dynamo.client(settings -> settings.httpClientBuilder(
                                Apache5HttpClient.builder().maxConnections(64))
                        .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(counted)))) {
            IdempotencyTable table = IdempotencyTable.named("effects");
            IdempotencyTable items = IdempotencyTable.named("items");
            TestTables.createIfMissing(client, table);
            TestTables.createIfMissing(client, items);
            DynamoDbIdempotencyStore store = DynamoDbIdempotencyStore.over(client, table);
            kept = new RequestsPerEffect(client, table, items, counted).asPromised();
            kept &= new Throughput(client, items, store).fastEnough();
            kept &= new Contention(store, rounds).oneEffectPerKey();
        }
        System.out.println(kept ? "every promise kept" : "a promise is BROKEN");
        System.exit(kept ? 0 : 1);
    }
}
