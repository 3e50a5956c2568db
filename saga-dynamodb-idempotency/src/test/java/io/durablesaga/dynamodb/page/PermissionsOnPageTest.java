package io.durablesaga.dynamodb.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durablesaga.Effect;
import io.durablesaga.dynamodb.DynamoDbIdempotencyStore;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.dynamodb.RecordedTransactions;
import io.durablesaga.dynamodb.Stamps;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What each mode asks DynamoDB for is what docs/idempotency.md permits, and as often as it says. */
@ExtendWith(LocalDynamoDb.Extension.class)
class PermissionsOnPageTest {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Asked asked = new Asked();
    private final String run = UUID.randomUUID().toString();
    private DynamoDbClient client;
    private Stamps stamps;
    private RecordedTransactions transactions;
    private Once once;

    @BeforeEach
    void openTables(LocalDynamoDb dynamo) {
        IdempotencyTable effects = IdempotencyTable.named("effects");
        try (DynamoDbClient owner = dynamo.client()) {
            TestTables.createIfMissing(owner, effects);
            TestTables.createIfMissing(owner, IdempotencyTable.named("stock"));
            TestTables.createIfMissing(owner, IdempotencyTable.named("accounts"));
            TestTables.createIfMissing(owner, IdempotencyTable.named("shop").shared("PK", "SK", "any"));
        }
        client = dynamo.client(settings ->
                settings.overrideConfiguration(configuration -> configuration.addExecutionInterceptor(asked)));
        stamps = Stamps.over(client);
        transactions = RecordedTransactions.over(client, effects);
        once = Once.over(DynamoDbIdempotencyStore.over(client, effects));
    }

    /** Something that may ask. */
    private interface Asking {
        void ask() throws Exception;
    }

    @Test
    void each_mode_asks_as_often_as_the_page_says() throws Exception {
        int itself = 1; // what the effect takes without a key: an update, or a transaction
        assertThat(Page.table("| | the action | asked for again | the undo | an undo where the action never came |"))
                .containsExactly(
                        List.of("provider's key", "0", "0", "0", "0"),
                        List.of(
                                "stamp",
                                requests(itself, this::stamp),
                                requests(itself, this::stamp),
                                requests(itself, () -> unstamp("k")),
                                requests(itself, () -> unstamp("never"))),
                        List.of(
                                "transact",
                                requests(itself, this::transact),
                                requests(itself, this::transact),
                                requests(itself, () -> untransact("transact")),
                                requests(itself, () -> untransact("transact never"))),
                        List.of(
                                "claim",
                                requests(0, this::claim),
                                requests(0, this::claim),
                                requests(0, () -> unclaim("claim")),
                                requests(0, () -> unclaim("claim never"))));
    }

    @Test
    void stamps_are_permitted_what_they_ask_for_and_no_more() throws Exception {
        stamp();
        stamp();
        unstamp("k");
        unstamp("never");

        assertThat(asked.permissions()).isEqualTo(permitted("Stamp"));
    }

    @Test
    void transactions_are_permitted_what_they_ask_for_and_no_more() throws Exception {
        transact();
        transact();
        untransact("transact");
        untransact("transact never");

        assertThat(asked.permissions()).isEqualTo(permitted("Transact"));
    }

    @Test
    void claims_are_permitted_what_they_ask_for_and_no_more() throws Exception {
        claim();
        claim();
        unclaim("claim");
        unclaim("claim never");
        everyRequest(DynamoDbIdempotencyStore.over(client, IdempotencyTable.named("effects")));

        assertThat(asked.permissions()).isEqualTo(permitted("Claim"));
    }

    @Test
    void claims_in_a_shared_table_are_kept_to_their_prefix() throws Exception {
        IdempotencyTable shared = IdempotencyTable.named("shop").shared("PK", "SK", "effect#");
        everyRequest(DynamoDbIdempotencyStore.over(client, shared));

        assertThat(asked.permissions()).isEqualTo(permitted("ClaimShared"));
        String pattern = statement("ClaimShared")
                .at("/Condition/ForAllValues:StringLike/dynamodb:LeadingKeys/0")
                .asText();
        assertThat(pattern).endsWith("*");
        assertThat(asked.keys("PK"))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key).startsWith(pattern.substring(0, pattern.length() - 1)));
    }

    private void everyRequest(IdempotencyStore store) {
        Claim.Granted first = granted(store);
        store.extend(first, LEASE);
        store.release(first);
        store.fail(granted(store), "declined");
        store.complete(first, "1");
    }

    private Claim.Granted granted(IdempotencyStore store) {
        return (Claim.Granted) store.claim(Request.of(run + "every", "owner", LEASE));
    }

    private String requests(int itself, Asking asking) throws Exception {
        asked.reset();
        asking.ask();
        return Integer.toString(asked.requests() - itself);
    }

    private void stamp() {
        stamps.apply(add("stock", 1), "k");
    }

    private void unstamp(String key) {
        stamps.undo(add("stock", -1), new Effect<>(key, Optional.empty()));
    }

    private void transact() {
        transactions.apply(key("transact"), "1", List.of(write(1)));
    }

    private void untransact(String key) {
        transactions.undo(key(key), run + "undo", List.of(write(-1)));
    }

    private void claim() throws Exception {
        once.run(key("claim"), OnUnknown.stop(), () -> 1);
    }

    private void unclaim(String key) throws Exception {
        once.undo(key(key), run + "undo", effect -> {});
    }

    private EffectKey<Integer> key(String key) {
        return EffectKey.of(run + key, "owner", Integer.class);
    }

    private UpdateItemRequest add(String table, int amount) {
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(Map.of("id", AttributeValue.fromS(run)))
                .updateExpression("ADD amount :amount")
                .expressionAttributeValues(Map.of(":amount", AttributeValue.fromN(Integer.toString(amount))))
                .build();
    }

    private TransactWriteItem write(int amount) {
        UpdateItemRequest add = add("accounts", amount);
        return TransactWriteItem.builder()
                .update(update -> update.tableName(add.tableName())
                        .key(add.key())
                        .updateExpression(add.updateExpression())
                        .expressionAttributeValues(add.expressionAttributeValues()))
                .build();
    }

    private static JsonNode statement(String sid) throws JsonProcessingException {
        return new ObjectMapper().readTree(Page.block("json", "\"" + sid + "\""));
    }

    /** Actions and tables of a statement of the page. */
    private static Set<String> permitted(String sid) throws JsonProcessingException {
        JsonNode statement = statement(sid);
        assertThat(statement.get("Effect").asText()).isEqualTo("Allow");
        Set<String> permitted = new TreeSet<>();
        for (JsonNode action : some(statement.get("Action"))) {
            for (JsonNode resource : some(statement.get("Resource"))) {
                String arn = resource.asText();
                permitted.add(action.asText() + " " + arn.substring(arn.indexOf("table/") + "table/".length()));
            }
        }
        return permitted;
    }

    /** One or several. */
    private static Iterable<JsonNode> some(JsonNode node) {
        return node.isArray() ? node : List.of(node);
    }
}
