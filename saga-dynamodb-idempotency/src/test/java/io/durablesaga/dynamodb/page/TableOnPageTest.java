package io.durablesaga.dynamodb.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.dynamodb.DynamoDbIdempotencyStore;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** The table that docs/idempotency-table.yaml deploys is the table that keys are claimed in. */
@ExtendWith(LocalDynamoDb.Extension.class)
class TableOnPageTest {
    private static final String FILE = Page.read(Path.of("..", "docs", "idempotency-table.yaml"));

    @Test
    void the_page_shows_the_file() {
        assertThat(FILE).contains(Page.block("yaml", "AWS::DynamoDB::Table"));
    }

    @Test
    void what_has_been_done_is_not_forgotten_by_a_deployment_or_by_a_slip() {
        assertThat(effects()).containsEntry("DeletionPolicy", "Retain").containsEntry("UpdateReplacePolicy", "Retain");
        assertThat(properties())
                .containsEntry("DeletionProtectionEnabled", true)
                .containsEntry("PointInTimeRecoverySpecification", Map.of("PointInTimeRecoveryEnabled", true))
                .as("a name would keep the stack from being set up again beside a table that stays")
                .doesNotContainKey("TableName");
        assertThat(map(map(template().get("Outputs")).get("EffectsTable")))
                .containsEntry("Value", Map.of("Ref", "Effects"));
    }

    @Test
    void a_key_is_claimed_and_completed_in_it_and_expires_by_its_time_to_live(LocalDynamoDb dynamo) {
        DynamoDbClient client = dynamo.client();
        String name = "deployed-" + UUID.randomUUID();
        client.createTable(create -> create.tableName(name)
                .billingMode(properties().get("BillingMode").toString())
                .attributeDefinitions(rows("AttributeDefinitions")
                        .map(row -> AttributeDefinition.builder()
                                .attributeName(row.get("AttributeName"))
                                .attributeType(row.get("AttributeType"))
                                .build())
                        .toList())
                .keySchema(rows("KeySchema")
                        .map(row -> KeySchemaElement.builder()
                                .attributeName(row.get("AttributeName"))
                                .keyType(row.get("KeyType"))
                                .build())
                        .toList()));
        Map<String, Object> timeToLive = map(properties().get("TimeToLiveSpecification"));
        client.updateTimeToLive(update -> update.tableName(name)
                .timeToLiveSpecification(specification -> specification
                        .attributeName(timeToLive.get("AttributeName").toString())
                        .enabled((Boolean) timeToLive.get("Enabled"))));
        IdempotencyTable table = IdempotencyTable.named(name);
        DynamoDbIdempotencyStore store = DynamoDbIdempotencyStore.over(client, table);

        assertThat(rows("KeySchema")).containsExactly(Map.of("AttributeName", table.partitionKey(), "KeyType", "HASH"));
        Claim.Granted granted = (Claim.Granted) store.claim(Request.of("k", "owner", Duration.ofMinutes(1)));
        assertThat(item(client, name)).doesNotContainKey("expiration");
        assertThat(store.complete(granted, "1")).isTrue();
        String attribute = client.describeTimeToLive(describe -> describe.tableName(name))
                .timeToLiveDescription()
                .attributeName();
        assertThat(item(client, name)).containsKey(attribute);
        assertThat(store.claim(Request.of("k", "owner", Duration.ofMinutes(1)))).isEqualTo(new Claim.Completed("1"));
    }

    private static Map<String, AttributeValue> item(DynamoDbClient client, String table) {
        return client.getItem(get -> get.tableName(table)
                        .key(Map.of("id", AttributeValue.fromS("k")))
                        .consistentRead(true))
                .item();
    }

    private static Map<String, Object> template() {
        ConstructNode ref = (Node node) -> Map.of("Ref", ((ScalarNode) node).getValue());
        LoadSettings settings = LoadSettings.builder()
                .setTagConstructors(Map.of(new Tag("!Ref"), ref))
                .build();
        return map(new Load(settings).loadFromString(FILE));
    }

    private static Map<String, Object> effects() {
        Map<String, Object> resources = map(template().get("Resources"));
        assertThat(resources).containsOnlyKeys("Effects");
        return map(resources.get("Effects"));
    }

    private static Map<String, Object> properties() {
        return map(effects().get("Properties"));
    }

    private static Stream<Map<String, String>> rows(String property) {
        return ((List<?>) properties().get(property))
                .stream()
                        .map(TableOnPageTest::map)
                        .map(row -> row.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        cell -> cell.getValue().toString())));
    }

    @SuppressWarnings("unchecked") // what a template's maps are
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
