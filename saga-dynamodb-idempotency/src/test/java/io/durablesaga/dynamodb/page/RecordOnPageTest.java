package io.durablesaga.dynamodb.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durablesaga.dynamodb.AesSeal;
import io.durablesaga.dynamodb.DynamoDbIdempotencyStore;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.Fingerprint;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import io.durablesaga.idempotency.UndoClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items that docs/idempotency.md shows are what is stored, and what it tells operators to ask finds what it says. */
@ExtendWith(LocalDynamoDb.Extension.class)
class RecordOnPageTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String KEY = "ship-parcel-2cf24dba5fb0a30e-26e83b2ac5b9e29e1b161e5c";
    private static final String UNDO_KEY = "undo-ship-parcel-2cf24dba5fb0a30e-d7a8fbb307d7809469ca9abc";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private DynamoDbClient client;
    private IdempotencyTable table;
    private DynamoDbIdempotencyStore store;

    @BeforeEach
    void openTable(LocalDynamoDb dynamo) {
        client = dynamo.client();
        table = IdempotencyTable.named("record-" + UUID.randomUUID())
                .clock(now::get)
                .ids(() -> "9f86d081884c7d659a2feaa0");
        TestTables.createIfMissing(client, table);
        store = DynamoDbIdempotencyStore.over(client, table);
    }

    @Test
    void the_items_on_the_page_are_what_is_stored_and_every_attribute_is_explained() throws JsonProcessingException {
        Claim.Granted action = granted(KEY);
        Map<String, Map<String, String>> begun = item();
        assertThat(begun).isEqualTo(json("\"INPROGRESS\""));
        store.complete(action, "{\"tracking\":\"P1\"}");
        UndoClaim.Granted undo = undo(KEY);
        Set<String> attributes = new TreeSet<>(item().keySet());
        store.complete(undo.claim(), "null");
        assertThat(item()).isEqualTo(json("\"undo_status\""));

        attributes.addAll(begun.keySet());
        attributes.addAll(item().keySet());
        store = DynamoDbIdempotencyStore.over(
                client, table.sealedBy(AesSeal.with("2026", new SecretKeySpec(new byte[16], "AES"))));
        store.complete(granted("sealed"), "1");
        store.complete(undo("sealed").claim(), "null");
        attributes.addAll(item("sealed").keySet());
        store.claim(Request.of("paid", "owner", Duration.ofMinutes(1)).forPayload(Fingerprint.of(5)));
        attributes.addAll(item("paid").keySet());
        assertThat(Page.table("| Attribute | |").stream()
                        .flatMap(row ->
                                Pattern.compile("`(\\w+)`").matcher(row.get(0)).results())
                        .map(match -> match.group(1)))
                .containsExactlyInAnyOrderElementsOf(attributes);
    }

    @Test
    void an_operator_finds_the_key_in_the_table() throws JsonProcessingException {
        granted(KEY);
        Matcher key = Pattern.compile("--key '([^']+)'").matcher(Page.block("sh", "get-item"));
        assertThat(key.find()).isTrue();

        Map<String, AttributeValue> primaryKey = values(key.group(1));
        assertThat(client.getItem(get -> get.tableName(table.name()).key(primaryKey))
                        .item())
                .containsEntry("status", AttributeValue.fromS("INPROGRESS"));
    }

    @Test
    void an_operator_finds_what_is_in_doubt_and_nothing_else() throws JsonProcessingException {
        granted("begun and left");
        store.complete(granted("done"), "1");
        store.release(granted("given back"));
        store.complete(granted("undo begun and left"), "1");
        undo("undo begun and left");
        granted("begun and left, undone");
        store.complete(undo("begun and left, undone").claim(), "null");
        undo("never came, undo begun and left");
        now.updateAndGet(instant -> instant.plus(LEASE).plusSeconds(1));
        granted("under way");

        assertThat(inDoubt())
                .containsExactlyInAnyOrder("begun and left", "undo begun and left", "never came, undo begun and left");
    }

    private List<String> inDoubt() throws JsonProcessingException {
        String command = Page.block("sh", "scan")
                .replace("$(date +%s)", Long.toString(now.get().getEpochSecond()))
                .replace("\\\"", "\"");
        String filter = part(command, "--filter-expression '([^']+)'");
        Map<String, String> names =
                new ObjectMapper().readValue(part(command, "attribute-names '([^']+)'"), new TypeReference<>() {});
        Map<String, AttributeValue> values = values(part(command, "attribute-values \"([^\n]+)\"\n"));
        return client
                .scan(scan -> scan.tableName(table.name())
                        .filterExpression(filter)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values))
                .items()
                .stream()
                .map(item -> item.get("id").s())
                .toList();
    }

    private static String part(String command, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(command);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private Claim.Granted granted(String key) {
        return (Claim.Granted) store.claim(Request.of(key, key, LEASE));
    }

    private UndoClaim.Granted undo(String key) {
        String undoKey = key.equals(KEY) ? UNDO_KEY : "undo " + key;
        return (UndoClaim.Granted) store.claimUndo(new UndoRequest(key, key, undoKey, LEASE));
    }

    /** The item as DynamoDB writes it. */
    private Map<String, Map<String, String>> item() {
        return item(KEY);
    }

    private Map<String, Map<String, String>> item(String key) {
        return client
                .getItem(get -> get.tableName(table.name())
                        .key(Map.of("id", AttributeValue.fromS(key)))
                        .consistentRead(true))
                .item()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        attribute -> attribute.getValue().s() == null
                                ? Map.of("N", attribute.getValue().n())
                                : Map.of("S", attribute.getValue().s())));
    }

    private static Map<String, Map<String, String>> json(String part) throws JsonProcessingException {
        return new ObjectMapper().readValue(Page.block("json", part), new TypeReference<>() {});
    }

    private static Map<String, AttributeValue> values(String json) throws JsonProcessingException {
        Map<String, Map<String, String>> values = new ObjectMapper().readValue(json, new TypeReference<>() {});
        return values.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        value -> value.getValue().containsKey("S")
                                ? AttributeValue.fromS(value.getValue().get("S"))
                                : AttributeValue.fromN(value.getValue().get("N"))));
    }
}
