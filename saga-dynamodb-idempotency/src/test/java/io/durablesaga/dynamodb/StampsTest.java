package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Effect;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

@ExtendWith(LocalDynamoDb.Extension.class)
final class StampsTest {
    private static final Effect<String> UNKNOWN = new Effect<>("k", Optional.empty());
    private static final Effect<String> KNOWN = new Effect<>("k", Optional.of("taken"));

    private final Accounts accounts;
    private final WatchedWire wire;
    private final Stamps stamps;

    StampsTest(LocalDynamoDb dynamoDb) {
        accounts = new Accounts(dynamoDb);
        wire = new WatchedWire(Wire.of(accounts.client));
        stamps = new Stamps(new StampedUpdates(wire, StampSettings.standard()));
    }

    @BeforeEach
    void open() {
        accounts.open("a", 100);
    }

    @Test
    void an_effect_happens_once_per_key_in_one_request() {
        assertThat(stamps.apply(accounts.take("a", 30), "k")).isInstanceOf(Stamped.Applied.class);
        assertThat(wire.requests()).isEqualTo(1);
        assertThat(stamps.apply(accounts.take("a", 30), "k")).isInstanceOf(Stamped.Already.class);
        assertThat(wire.requests()).isEqualTo(2);
        assertThat(stamps.apply(accounts.take("a", 30), "other")).isInstanceOf(Stamped.Applied.class);
        assertThat(accounts.balance("a")).isEqualTo(40);
    }

    @Test
    void the_response_and_the_items_are_shown_without_stamps() {
        Map<String, AttributeValue> seventy = Map.of("balance", AttributeValue.fromN("70"));
        assertThat(stamps.apply(accounts.take("a", 30), "k"))
                .isInstanceOfSatisfying(
                        Stamped.Applied.class,
                        applied -> assertThat(applied.response().attributes()).isEqualTo(seventy));
        Map<String, AttributeValue> item =
                Map.of("id", AttributeValue.fromS("a"), "balance", AttributeValue.fromN("70"));
        assertThat(stamps.apply(accounts.take("a", 30), "k")).isEqualTo(new Stamped.Already(item));
        assertThat(Refusals.outcome(() -> stamps.apply(accounts.take("a", 90), "other")))
                .isEqualTo(new Refusal.OfItem(item));
    }

    @Test
    void an_update_whose_own_condition_does_not_hold_leaves_no_stamp() {
        assertThat(Refusals.outcome(() -> stamps.apply(accounts.take("a", 130), "k")))
                .isInstanceOf(Refusal.OfItem.class);
        accounts.open("a", 200);
        assertThat(stamps.apply(accounts.take("a", 130), "k")).isInstanceOf(Stamped.Applied.class);
        assertThat(Refusals.outcome(() -> stamps.apply(accounts.take("none", 1), "k")))
                .isEqualTo(new Refusal.OfItem(Map.of()));
    }

    @Test
    void alternatives_in_the_updates_own_condition_do_not_let_in_what_is_stamped() {
        UpdateItemRequest lenient = accounts.take("a", 30).toBuilder()
                .conditionExpression("#balance >= :amount OR attribute_exists(#balance)")
                .build();
        stamps.apply(lenient, "k");
        assertThat(stamps.apply(lenient, "k")).isInstanceOf(Stamped.Already.class);
        assertThat(accounts.balance("a")).isEqualTo(70);
    }

    @Test
    void an_update_may_have_every_clause_or_no_expression_at_all() {
        UpdateItemRequest all = UpdateItemRequest.builder()
                .tableName(accounts.table)
                .key(Accounts.key("a"))
                .updateExpression("remove gone delete tags :tags add hits :one set #set = :x")
                .expressionAttributeNames(Map.of("#set", "set"))
                .expressionAttributeValues(Map.of(
                        ":one", AttributeValue.fromN("1"),
                        ":x", AttributeValue.fromS("x"),
                        ":tags", AttributeValue.fromSs(List.of("old"))))
                .build();
        assertThat(stamps.apply(all, "k")).isInstanceOf(Stamped.Applied.class);
        assertThat(accounts.item("a")).containsEntry("hits", AttributeValue.fromN("1"));
        UpdateItemRequest none = UpdateItemRequest.builder()
                .tableName(accounts.table)
                .key(Accounts.key("new"))
                .build();
        assertThat(stamps.apply(none, "k")).isInstanceOf(Stamped.Applied.class);
        assertThat(stamps.apply(none, "k")).isEqualTo(new Stamped.Already(Accounts.key("new")));
    }

    @Test
    void an_answer_that_is_lost_leaves_the_effect_which_is_found_when_it_is_tried_again() {
        wire.losing(1);
        assertThatThrownBy(() -> stamps.apply(accounts.take("a", 30), "k"))
                .isInstanceOfSatisfying(
                        StoreException.Unanswered.class,
                        failure -> assertThat(failure.mayBeWritten()).isTrue());
        assertThat(stamps.apply(accounts.take("a", 30), "k")).isInstanceOf(Stamped.Already.class);
        assertThat(accounts.balance("a")).isEqualTo(70);
    }

    @Test
    void an_undo_happens_once_in_one_request_and_no_action_is_let_in_after_it() {
        stamps.apply(accounts.take("a", 30), "k");
        assertThat(stamps.undo(accounts.add("a", 30), UNKNOWN)).isInstanceOf(StampedUndo.Applied.class);
        assertThat(wire.requests()).isEqualTo(2);
        assertThat(stamps.undo(accounts.add("a", 30), UNKNOWN)).isInstanceOf(StampedUndo.Already.class);
        assertThat(stamps.undo(accounts.add("a", 30), KNOWN)).isInstanceOf(StampedUndo.Already.class);
        assertThat(Refusals.outcome(() -> stamps.apply(accounts.take("a", 30), "k")))
                .isEqualTo(new Refusal.Undone());
        assertThat(wire.requests()).isEqualTo(5);
        assertThat(accounts.balance("a")).isEqualTo(100);
    }

    @Test
    void an_undo_of_what_never_came_changes_nothing_in_two_requests_and_keeps_it_from_coming() {
        assertThat(stamps.undo(accounts.add("a", 30), UNKNOWN)).isInstanceOf(StampedUndo.Nothing.class);
        assertThat(wire.requests()).isEqualTo(2);
        assertThat(stamps.undo(accounts.add("a", 30), UNKNOWN)).isInstanceOf(StampedUndo.Already.class);
        assertThat(Refusals.outcome(() -> stamps.apply(accounts.take("a", 30), "k")))
                .isEqualTo(new Refusal.Undone());
        assertThat(accounts.balance("a")).isEqualTo(100);
    }

    @Test
    void an_undo_keeps_a_late_action_from_making_the_item() {
        assertThat(stamps.undo(accounts.add("new", -30), UNKNOWN)).isInstanceOf(StampedUndo.Nothing.class);
        assertThat(Refusals.outcome(() -> stamps.apply(accounts.add("new", 30), "k")))
                .isEqualTo(new Refusal.Undone());
        assertThat(accounts.item("new")).doesNotContainKey("balance");
    }

    @Test
    void an_undo_of_what_is_known_to_have_happened_needs_no_stamp_of_it() {
        assertThat(stamps.undo(accounts.add("a", 30), KNOWN)).isInstanceOf(StampedUndo.Applied.class);
        assertThat(stamps.undo(accounts.add("a", 30), KNOWN)).isInstanceOf(StampedUndo.Already.class);
        assertThat(accounts.balance("a")).isEqualTo(130);
        assertThat(Refusals.outcome(() -> stamps.apply(accounts.take("a", 30), "k")))
                .isEqualTo(new Refusal.Undone());
    }

    @Test
    void an_undo_whose_own_condition_does_not_hold_is_refused_and_may_be_tried_again() {
        stamps.apply(accounts.add("a", 30), "k");
        accounts.client.updateItem(accounts.add("a", -130));
        for (Effect<String> action : List.of(UNKNOWN, KNOWN)) {
            assertThatThrownBy(() -> stamps.undo(accounts.take("a", 30), action))
                    .isInstanceOf(UndoRefused.class)
                    .hasMessage("undo of k: table " + accounts.table
                            + ", its own condition does not hold of the item; undo without one, or mend the item. Nothing"
                            + " was written: what was to be undone stands");
        }
        accounts.client.updateItem(accounts.add("a", 30));
        assertThat(stamps.undo(accounts.take("a", 30), UNKNOWN)).isInstanceOf(StampedUndo.Applied.class);
        assertThat(accounts.balance("a")).isZero();
    }

    @Test
    void an_undo_whose_answer_is_lost_is_found_when_it_is_tried_again() {
        stamps.apply(accounts.take("a", 30), "k");
        wire.losing(2);
        assertThatThrownBy(() -> stamps.undo(accounts.add("a", 30), UNKNOWN))
                .isInstanceOf(StoreException.Unanswered.class);
        assertThat(stamps.undo(accounts.add("a", 30), UNKNOWN)).isInstanceOf(StampedUndo.Already.class);
        assertThat(accounts.balance("a")).isEqualTo(100);
    }

    @Test
    void what_cannot_carry_a_stamp_is_refused_before_anything_is_sent() {
        UpdateItemRequest take = accounts.take("a", 30);
        refused(take.toBuilder().conditionalOperator("AND").build(), "k", "conditionalOperator");
        refused(take.toBuilder().expected(Map.of()).build(), "k", "expected");
        refused(take.toBuilder().attributeUpdates(Map.of()).build(), "k", "attributeUpdates");
        refused(
                take.toBuilder()
                        .expressionAttributeValues(Map.of(":stamp_x", AttributeValue.fromN("1")))
                        .build(),
                "k",
                ":stamp_");
        refused(take, " ", "key");
        refused(take, "!k", "key");
        refused(take, "ü".repeat(129), "258 bytes");
        assertThat(wire.requests()).isZero();
    }

    @Test
    void what_dynamodb_does_not_do_is_an_exception_that_says_what_is_wrong() {
        UpdateItemRequest take = accounts.take("a", 30);
        assertThatThrownBy(
                        () -> stamps.apply(take.toBuilder().tableName("missing").build(), "k"))
                .isInstanceOf(StoreException.TableMissing.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> stamps.apply(
                        take.toBuilder()
                                .key(Map.of("pk", AttributeValue.fromS("a")))
                                .build(),
                        "k"))
                .isInstanceOf(StoreException.WrongKeySchema.class)
                .hasMessageContaining("[pk]");
        assertThatThrownBy(() -> stamps.apply(
                        take.toBuilder().updateExpression("SET SET").build(), "k"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        stamps.apply(take.toBuilder().conditionExpression("=").build(), "k"))
                .isInstanceOf(StoreException.RequestRefused.class);
    }

    @Test
    void stamps_of_other_attributes_are_others() {
        IdempotencyTable sorted =
                IdempotencyTable.named(accounts.table + "-sorted").shared("pk", "sk", "x");
        TestTables.createIfMissing(accounts.client, sorted);
        UpdateItemRequest add = accounts.add("a", 1).toBuilder()
                .tableName(sorted.name())
                .key(Map.of("pk", AttributeValue.fromS("a"), "sk", AttributeValue.fromS("b")))
                .build();
        stamps.apply(add, "k");
        assertThat(stamps.apply(add, "k")).isInstanceOf(Stamped.Already.class);
        assertThat(stamps.attribute("others").apply(add, "k")).isInstanceOf(Stamped.Applied.class);
    }

    private void refused(UpdateItemRequest update, String key, String message) {
        assertThatThrownBy(() -> stamps.apply(update, key))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .containsPattern(message);
    }
}
