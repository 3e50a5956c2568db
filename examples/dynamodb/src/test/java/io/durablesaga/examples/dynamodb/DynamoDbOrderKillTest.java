package io.durablesaga.examples.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.embedded.EmbeddedEngine;
import io.durablesaga.examples.order.Order;
import io.durablesaga.examples.order.Receipt;
import io.durablesaga.examples.provider.Wire;
import io.durablesaga.result.SagaResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A process dies by SIGKILL, another goes on with its journal, and the effects are counted in a real DynamoDB. */
@ExtendWith(LocalDynamoDb.Extension.class)
class DynamoDbOrderKillTest {
    private static final int KILLED_BY_SIGKILL = 128 + 9;
    private static final int CUPS = 2;
    private static final int CUPS_OVER_THE_LIMIT = 4;
    private static final String NOTHING_TAKEN = "cups taken: 0, cents taken: 0, parcels sent: 0";
    private static final String BOUGHT = "cups taken: 2, cents taken: 5800, parcels sent: 1";

    @TempDir
    private Path folder;

    private final LocalDynamoDb dynamoDb;

    DynamoDbOrderKillTest(LocalDynamoDb dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Test
    void stock_that_was_taken_by_a_killed_process_is_not_taken_again() throws Exception {
        killed("reserve", CUPS, 1);
        assertThat(town("reserve")).hasToString("cups taken: 2, cents taken: 0, parcels sent: 0");

        assertThat(resumed("reserve")).isInstanceOf(SagaResult.Completed.class);
        assertThat(town("reserve")).hasToString(BOUGHT);
    }

    @Test
    void a_parcel_that_was_sent_by_a_killed_process_is_found_and_not_sent_again() throws Exception {
        killed("send", CUPS, 3);
        assertThat(town("send")).hasToString(BOUGHT);

        assertThat(resumed("send")).isInstanceOf(SagaResult.Completed.class);
        assertThat(town("send")).hasToString(BOUGHT);
    }

    @Test
    void stock_that_was_put_back_by_a_killed_process_is_not_put_back_again() throws Exception {
        killed("put-back", CUPS_OVER_THE_LIMIT, 2);
        assertThat(town("put-back")).hasToString(NOTHING_TAKEN);

        assertThat(resumed("put-back")).isInstanceOf(SagaResult.Compensated.class);
        assertThat(town("put-back")).hasToString(NOTHING_TAKEN);
    }

    private Town town(String name) {
        return new Town(name, dynamoDb.client(), OrderProcess.money(folder));
    }

    private void killed(String town, int cups, int request) throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1",
                "-Dorg.sqlite.tmpdir=" + folder,
                OrderProcess.class.getName(),
                folder.toString(),
                dynamoDb.endpoint().toString(),
                town,
                Integer.toString(cups),
                Integer.toString(request));
        process.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        assertThat(process.start().waitFor()).isEqualTo(KILLED_BY_SIGKILL);
    }

    private SagaResult<Receipt> resumed(String town) throws InterruptedException {
        try (DynamoDbClient client = dynamoDb.client();
                EmbeddedEngine engine = EmbeddedEngine.open(OrderProcess.journal(folder))) {
            Saga<Order, Receipt> saga = town(town).placeOrder(client, Wire.reliable());
            engine.register(saga);
            return engine.find(saga, OrderProcess.NUMBER)
                    .orElseThrow()
                    .await(Duration.ofMinutes(1))
                    .orElseThrow();
        }
    }
}
