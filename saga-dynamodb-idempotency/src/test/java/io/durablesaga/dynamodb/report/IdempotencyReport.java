package io.durablesaga.dynamodb.report;

import io.durablesaga.dynamodb.DynamoDbIdempotencyStore;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import java.time.Duration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the modes do under contention, what they cost in requests, and how fast they are, on the real DynamoDB in this process. */
public final class IdempotencyReport {
    private static final Apache5HttpClient.Builder CONNECTIONS =
            Apache5HttpClient.builder().maxConnections(64);
    private static final Duration WAY = Duration.ofMillis(3);

    private IdempotencyReport() {}

    /** Prints the report; fails if anything is not as promised. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        Counted counted = new Counted();
        boolean kept;
        try (LocalDynamoDb dynamo = LocalDynamoDb.start();
                DynamoDbClient client = dynamo.client(settings -> settings.httpClientBuilder(CONNECTIONS)
                        .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(counted)));
                DynamoDbClient far =
                        dynamo.client(settings -> settings.httpClient(new Distance(CONNECTIONS.build(), WAY)))) {
            IdempotencyTable table = IdempotencyTable.named("effects");
            IdempotencyTable items = IdempotencyTable.named("items");
            TestTables.createIfMissing(client, table);
            TestTables.createIfMissing(client, items);
            boolean counts = new RequestsPerEffect(client, table, items, counted).asPromised();
            boolean near = new Throughput(
                            "In one process, where nothing but processor time counts", client, items, table)
                    .fastEnough();
            boolean away =
                    new Throughput("With 3 ms of way per request, as inside a Region", far, items, table).fastEnough();
            counts &= new Contention(DynamoDbIdempotencyStore.over(client, table), rounds).oneEffectPerKey();
            System.out.printf(
                    "effects and requests: %s; throughput with a way: %s; throughput without: %s%n",
                    counts ? "as promised" : "BROKEN",
                    away ? "as promised" : "MISSED",
                    near ? "as promised" : "MISSED");
            kept = counts && near && away;
        }
        System.exit(kept ? 0 : 1);
    }
}
