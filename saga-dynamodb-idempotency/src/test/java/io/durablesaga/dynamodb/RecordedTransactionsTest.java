package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.Fingerprint;
import io.durablesaga.idempotency.OtherPayload;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

@ExtendWith(LocalDynamoDb.Extension.class)
final class RecordedTransactionsTest {
    private static final EffectKey<String> KEY = EffectKey.of("k", "k", String.class);

    private final LocalDynamoDb dynamoDb;
    private final Accounts accounts;
    private final IdempotencyTable table;
    private final WatchedWire wire;
    private final RecordedTransactions transactions;

    RecordedTransactionsTest(LocalDynamoDb dynamoDb) {
        this.dynamoDb = dynamoDb;
        accounts = new Accounts(dynamoDb);
        table = IdempotencyTable.named(accounts.table + "-effects");
        TestTables.createIfMissing(accounts.client, table);
        wire = new WatchedWire(Wire.of(accounts.client));
        transactions = over(wire, table);
    }

    @BeforeEach
    void open() {
        accounts.open("a", 100);
        accounts.open("b", 0);
    }

    @Test
    void all_writes_and_their_record_are_made_once_per_key_in_one_request() {
        assertThat(transactions.apply(KEY, "\"moved\"", move(30))).isEqualTo(new Transacted.Applied());
        assertThat(wire.requests()).isEqualTo(1);
        assertThat(transactions.apply(KEY, "\"again\"", move(30))).isEqualTo(new Transacted.Already("\"moved\""));
        assertThat(wire.requests()).isEqualTo(2);
        assertBalances(70, 30);
    }

    @Test
    void writes_whose_conditions_do_not_hold_are_named_by_the_callers_own_count() {
        List<TransactWriteItem> refused = List.of(
                accounts.write(accounts.add("c", 1)),
                accounts.write(accounts.take("a", 130)),
                accounts.write(accounts.add("d", 1)),
                accounts.write(accounts.take("b", 9)));
        assertThat(Refusals.outcome(() -> transactions.apply(KEY, "1", refused)))
                .isInstanceOfSatisfying(
                        Refusal.OfWrites.class,
                        answer -> assertThat(answer.writes())
                                .extracting(RefusedWrite::index)
                                .containsExactly(1, 3));
        assertThat(accounts.item("c")).isEmpty();
        assertThat(accounts.item("d")).isEmpty();
        assertThat(transactions.apply(KEY, "1", move(30))).isEqualTo(new Transacted.Applied());
    }

    @Test
    void a_refused_write_shows_its_item_if_it_asks_for_that() {
        TransactWriteItem silent = accounts.write(accounts.take("a", 130));
        TransactWriteItem asking = silent.toBuilder()
                .update(silent.update().toBuilder()
                        .returnValuesOnConditionCheckFailure("ALL_OLD")
                        .build())
                .build();
        assertThat(Refusals.outcome(() -> transactions.apply(KEY, "1", List.of(silent))))
                .isEqualTo(new Refusal.OfWrites(List.of(new RefusedWrite(0, Map.of()))));
        assertThat(Refusals.outcome(() -> transactions.apply(KEY, "1", List.of(asking))))
                .isEqualTo(new Refusal.OfWrites(List.of(new RefusedWrite(0, accounts.item("a")))));
    }

    @Test
    void where_the_record_and_a_write_are_against_it_the_record_decides() {
        transactions.apply(KEY, "1", move(80));
        assertThat(transactions.apply(KEY, "1", move(80))).isEqualTo(new Transacted.Already("1"));
        assertBalances(20, 80);
    }

    @Test
    void the_same_key_with_another_payload_is_refused() {
        transactions.apply(KEY.forPayload(30), "1", move(30));
        assertThat(transactions.apply(KEY.forPayload(30), "1", move(30))).isEqualTo(new Transacted.Already("1"));
        for (EffectKey<String> other : List.of(KEY.forPayload(31), KEY)) {
            assertThatThrownBy(() -> transactions.apply(other, "1", move(31)))
                    .isInstanceOf(OtherPayload.class)
                    .hasMessageContaining(Fingerprint.of(30).text());
        }
    }

    @Test
    void an_answer_that_is_lost_leaves_an_effect_that_is_found_when_it_is_tried_again() {
        wire.losing(1).losing(3);
        assertThatThrownBy(() -> transactions.apply(KEY, "1", move(30))).isInstanceOf(StoreException.Unanswered.class);
        assertThat(transactions.apply(KEY, "1", move(30))).isEqualTo(new Transacted.Already("1"));
        assertThatThrownBy(() -> transactions.undo(KEY, "u", move(-30))).isInstanceOf(StoreException.Unanswered.class);
        assertThat(transactions.undo(KEY, "u", move(-30))).isEqualTo(new TransactedUndo.Already());
        assertBalances(100, 0);
    }

    @Test
    void an_undo_is_made_once_in_one_request_and_no_action_is_let_in_after_it() {
        transactions.apply(KEY, "1", move(30));
        assertThat(transactions.undo(KEY, "u", move(-30))).isEqualTo(new TransactedUndo.Applied());
        assertThat(wire.requests()).isEqualTo(2);
        assertThat(transactions.undo(KEY, "u", move(-30))).isEqualTo(new TransactedUndo.Already());
        assertThat(Refusals.outcome(() -> transactions.apply(KEY, "1", move(30))))
                .isEqualTo(new Refusal.Undone());
        assertBalances(100, 0);
    }

    @Test
    void an_undo_of_what_never_came_writes_nothing_else_and_keeps_it_from_coming() {
        assertThat(transactions.undo(KEY, "u", move(-30))).isEqualTo(new TransactedUndo.Nothing());
        assertThat(wire.requests()).isEqualTo(2);
        assertThat(transactions.undo(KEY, "u", move(-30))).isEqualTo(new TransactedUndo.Already());
        assertThat(Refusals.outcome(() -> transactions.apply(KEY, "1", move(30))))
                .isEqualTo(new Refusal.Undone());
        assertBalances(100, 0);
    }

    @Test
    void an_undo_whose_writes_are_refused_may_be_tried_again() {
        transactions.apply(KEY, "1", move(30));
        accounts.open("b", 0);
        assertThatThrownBy(() -> transactions.undo(KEY, "u", back(30)))
                .isInstanceOf(UndoRefused.class)
                .hasMessageContaining("own conditions of writes [0] do not hold");
        accounts.open("b", 30);
        assertThat(transactions.undo(KEY, "u", back(30))).isEqualTo(new TransactedUndo.Applied());
        assertBalances(100, 0);
    }

    @Test
    void somebody_elses_effect_is_not_undone() {
        transactions.apply(KEY.ownedBy("somebody"), "1", move(30));
        assertThatThrownBy(() -> transactions.undo(KEY, "u", move(-30)))
                .isInstanceOf(UndoRefused.class)
                .hasMessageContaining("the effect is somebody's, not k's; undo by who had it");
        assertBalances(70, 30);
    }

    @Test
    void ninety_nine_writes_go_with_a_record_and_a_hundred_do_not() {
        List<TransactWriteItem> writes = IntStream.range(0, 100)
                .mapToObj(i -> accounts.write(accounts.add("many " + i, 1)))
                .toList();
        assertThat(transactions.apply(KEY, "1", writes.subList(0, 99))).isEqualTo(new Transacted.Applied());
        assertThat(accounts.balance("many 98")).isEqualTo(1);
        assertThatThrownBy(() -> transactions.apply(KEY, "1", writes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("writes: 100; 1 to 99");
        assertThatThrownBy(() -> transactions.apply(KEY, "1", List.of())).hasMessageContaining("writes: 0");
    }

    @Test
    @SuppressWarnings("NullAway") // that is the mistake
    void a_result_that_is_none_is_refused_before_anything_is_sent() {
        assertThatThrownBy(() -> transactions.apply(KEY, null, List.of()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("result");
    }

    @Test
    void a_write_of_the_record_itself_is_refused_before_anything_is_sent() {
        Map<String, AttributeValue> key = Accounts.key("k");
        List<TransactWriteItem> own = List.of(
                TransactWriteItem.builder()
                        .put(put -> put.tableName(table.name()).item(key))
                        .build(),
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table.name()).key(key))
                        .build(),
                TransactWriteItem.builder()
                        .update(update -> update.tableName(table.name()).key(key))
                        .build(),
                TransactWriteItem.builder()
                        .conditionCheck(check -> check.tableName(table.name()).key(key))
                        .build());
        for (TransactWriteItem write : own) {
            assertThatThrownBy(() -> transactions.apply(KEY, "1", List.of(move(1).get(0), write)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("that at 1 is of the record itself");
        }
        assertThat(wire.requests()).isZero();
    }

    @Test
    void what_dynamodb_does_not_do_is_an_exception_that_names_the_table() {
        TransactWriteItem add = accounts.write(accounts.add("a", 1));
        failing(add.toBuilder()
                        .update(add.update().toBuilder().tableName("missing").build())
                        .build())
                .isInstanceOf(StoreException.TableMissing.class)
                .hasMessageContaining("missing");
        failing(add.toBuilder()
                        .update(add.update().toBuilder()
                                .key(Map.of("pk", AttributeValue.fromS("a")))
                                .build())
                        .build())
                .isInstanceOf(StoreException.WrongKeySchema.class)
                .hasMessageContaining(accounts.table);
        failing(TransactWriteItem.builder()
                        .put(put -> put.tableName(accounts.table)
                                .item(Map.of(
                                        "id",
                                        AttributeValue.fromS("x"),
                                        "text",
                                        AttributeValue.fromS("x".repeat(410_000)))))
                        .build())
                .isInstanceOf(StoreException.ItemTooLarge.class);
        accounts.client.updateItem(accounts.add("a", 0).toBuilder()
                .updateExpression("SET balance = :amount")
                .expressionAttributeValues(Map.of(":amount", AttributeValue.fromS("much")))
                .build());
        failing(add).isInstanceOf(StoreException.RequestRefused.class).hasMessageContaining(accounts.table);
        RecordedTransactions elsewhere =
                over(wire, IdempotencyTable.named(table.name()).keyedBy("pk"));
        assertThatThrownBy(() -> elsewhere.apply(KEY, "1", move(1)))
                .isInstanceOf(StoreException.WrongKeySchema.class)
                .hasMessageContaining("IdempotencyTable.keyedBy");
    }

    @Test
    void a_result_is_stored_as_the_table_says() {
        RecordedTransactions small = over(wire, table.maxResultBytes(10));
        assertThatThrownBy(() -> small.apply(KEY, "\"0123456789\"", move(30)))
                .isInstanceOf(StoreException.ResultTooLarge.class);
        assertBalances(100, 0);
        RecordedTransactions sealing = over(wire, table.sealedBy(new Backwards()));
        sealing.apply(KEY, "12", move(30));
        assertThat(sealing.apply(KEY, "12", move(30))).isEqualTo(new Transacted.Already("12"));
        assertThatThrownBy(() -> transactions.apply(KEY, "12", move(30)))
                .isInstanceOf(StoreException.ResultOutOfReach.class);
    }

    @Test
    void without_waiting_it_is_the_same() {
        try (DynamoDbAsyncClient client = dynamoDb.asyncClient()) {
            AsyncRecordedTransactions async = AsyncRecordedTransactions.over(client, table);
            assertThat(async.apply(KEY, "1", move(30)).join()).isEqualTo(new Transacted.Applied());
            assertThat(async.apply(KEY, "1", move(30)).join()).isEqualTo(new Transacted.Already("1"));
            assertThat(async.undo(KEY, "u", move(-30)).join()).isEqualTo(new TransactedUndo.Applied());
            assertThat(AsyncRecordedTransactions.over(client, table.maxResultBytes(1))
                            .apply(KEY, "12", move(1)))
                    .isCompletedExceptionally();
        }
        assertBalances(100, 0);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> failing(TransactWriteItem write) {
        return assertThatThrownBy(() -> transactions.apply(KEY, "1", List.of(write)));
    }

    private List<TransactWriteItem> move(int amount) {
        return List.of(accounts.write(accounts.take("a", amount)), accounts.write(accounts.add("b", amount)));
    }

    private List<TransactWriteItem> back(int amount) {
        return List.of(accounts.write(accounts.take("b", amount)), accounts.write(accounts.add("a", amount)));
    }

    private void assertBalances(int a, int b) {
        assertThat(List.of(accounts.balance("a"), accounts.balance("b"))).containsExactly(a, b);
    }

    private static RecordedTransactions over(Wire wire, IdempotencyTable table) {
        return new RecordedTransactions(new Transactions(wire, table));
    }

    private static final class Backwards implements ResultSeal {
        @Override
        public String seal(String key, String text) {
            return new StringBuilder(text).reverse().toString();
        }

        @Override
        public String open(String key, String sealed) {
            return seal(key, sealed);
        }
    }
}
