package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.durablesaga.Effect;
import io.durablesaga.claimcheck.ClaimCheck;
import io.durablesaga.dynamodb.local.FaultyHttp;
import io.durablesaga.dynamodb.local.FaultyHttp.Fault;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import io.durablesaga.idempotency.UndoClaim;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The client sends a request again where no answer came: whatever became of the first, the second is answered as the first would have been. */
@ExtendWith(LocalDynamoDb.Extension.class)
class LostAnswerTest {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final FaultyHttp http = new FaultyHttp();
    private DynamoDbClient client;
    private IdempotencyTable table;
    private DynamoDbIdempotencyStore store;

    @BeforeEach
    void openStore(LocalDynamoDb dynamo) {
        client = dynamo.client(settings -> settings.httpClient(http));
        table = Effects.table(dynamo);
        store = DynamoDbIdempotencyStore.over(client, table);
        http.reset();
    }

    @Test
    void a_claim_whose_answer_is_lost_is_no_doubt_about_the_effect() {
        http.next(new Fault.AnswerLost(), new Fault.AnswerLost(), new Fault.AnswerLost());

        assertThat(store.claim(Request.of("k", "owner", LEASE)))
                .isInstanceOfSatisfying(
                        Claim.Granted.class,
                        granted -> assertThat(granted.takenOver()).isFalse());
        assertThat(http.requests()).isEqualTo(4);
    }

    @Test
    void a_claim_in_doubt_stays_so_when_its_answer_is_lost() {
        store.claim(Request.of("k", "owner", LEASE));
        http.next(new Fault.AnswerLost(), new Fault.AnswerLost());

        assertThat(store.claim(Request.of("k", "owner", LEASE)))
                .isInstanceOfSatisfying(
                        Claim.Granted.class,
                        granted -> assertThat(granted.takenOver()).isTrue());
    }

    @Test
    void what_is_granted_after_a_lost_answer_can_be_completed() {
        http.next(new Fault.AnswerLost());
        Claim.Granted granted = (Claim.Granted) store.claim(Request.of("k", "owner", LEASE));

        assertThat(store.complete(granted, "1")).isTrue();
    }

    @Test
    void a_completion_whose_answer_is_lost_has_completed() {
        Claim.Granted granted = (Claim.Granted) store.claim(Request.of("k", "owner", LEASE));
        http.next(new Fault.AnswerLost());

        assertThat(store.complete(granted, "1")).isTrue();
        assertThat(store.claim(Request.of("k", "another", LEASE))).isEqualTo(new Claim.Completed("1"));
    }

    @Test
    void a_completion_whose_answer_is_lost_has_completed_although_its_result_cannot_be_fetched() {
        ClaimCheck writing = new ClaimCheck() {
            @Override
            public void store(String reference, String text) {
                // it is kept
            }

            @Override
            public String fetch(String reference) {
                throw new IllegalStateException("out of reach, as the test says");
            }
        };
        store = DynamoDbIdempotencyStore.over(client, table.largeResultsIn(writing, 0));
        Claim.Granted granted = (Claim.Granted) store.claim(Request.of("k", "owner", LEASE));
        http.next(new Fault.AnswerLost());

        assertThat(store.complete(granted, "1")).isTrue();
    }

    @Test
    void a_failure_whose_answer_is_lost_is_recorded() {
        Claim.Granted granted = (Claim.Granted) store.claim(Request.of("k", "owner", LEASE));
        http.next(new Fault.AnswerLost());

        assertThat(store.fail(granted, "declined")).isTrue();
        assertThat(store.claim(Request.of("k", "another", LEASE))).isEqualTo(new Claim.Failed("declined"));
    }

    @Test
    void a_release_whose_answer_is_lost_has_released() {
        Claim.Granted granted = (Claim.Granted) store.claim(Request.of("k", "owner", LEASE));
        http.next(new Fault.AnswerLost());

        assertThat(store.release(granted)).isTrue();
    }

    @Test
    void an_undo_whose_answer_is_lost_is_no_doubt_about_the_undo() {
        Claim.Granted granted = (Claim.Granted) store.claim(Request.of("k", "owner", LEASE));
        store.complete(granted, "1");
        http.next(new Fault.AnswerLost(), new Fault.AnswerLost());

        assertThat(store.claimUndo(new UndoRequest("k", "owner", "undo", LEASE)))
                .isInstanceOfSatisfying(UndoClaim.Granted.class, undo -> {
                    assertThat(undo.claim().takenOver()).isFalse();
                    assertThat(undo.action()).isEqualTo(new UndoClaim.Past.Completed("1"));
                });
    }

    @Test
    void an_update_that_is_refused_after_an_attempt_without_answer_is_no_clear_refusal() {
        UpdateItemRequest taking = UpdateItemRequest.builder()
                .tableName(table.name())
                .key(table.primaryKey("shelf"))
                .updateExpression("ADD stock :one")
                .conditionExpression("stock > :one")
                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
                .build();
        Stamps stamps = Stamps.over(client);
        http.next(new Fault.RequestLost());

        assertThatExceptionOfType(StoreException.Unanswered.class)
                .isThrownBy(() -> stamps.apply(taking, "k"))
                .withMessageContaining("the first may still arrive");
        assertThat(Refusals.outcome(() -> stamps.apply(taking, "k"))).isInstanceOf(Refusal.OfItem.class);
    }

    @Test
    void an_undo_that_is_refused_after_an_attempt_without_answer_is_no_clear_refusal() {
        UpdateItemRequest putting = UpdateItemRequest.builder()
                .tableName(table.name())
                .key(table.primaryKey("shelf"))
                .updateExpression("ADD stock :one")
                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
                .build();
        UpdateItemRequest taking =
                putting.toBuilder().conditionExpression("stock > :one").build();
        Effect<String> put = new Effect<>("k", Optional.empty());
        Stamps stamps = Stamps.over(client);
        stamps.apply(putting, "k");
        http.next(new Fault.RequestLost());

        assertThatExceptionOfType(StoreException.Unanswered.class)
                .isThrownBy(() -> stamps.undo(taking, put))
                .withMessageContaining("the first may still arrive");
        assertThatExceptionOfType(UndoRefused.class).isThrownBy(() -> stamps.undo(taking, put));
    }

    @Test
    void a_transaction_that_is_refused_after_an_attempt_without_answer_is_no_clear_refusal() {
        RecordedTransactions transactions = RecordedTransactions.over(client, table);
        TransactWriteItem checking = TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(table.name())
                        .key(table.primaryKey("shelf"))
                        .conditionExpression("attribute_exists(id)"))
                .build();
        EffectKey<String> key = EffectKey.of("k", "owner", String.class);
        http.next(new Fault.RequestLost());

        assertThatExceptionOfType(StoreException.Unanswered.class)
                .isThrownBy(() -> transactions.apply(key, "1", List.of(checking)))
                .withMessageContaining("the first may still arrive");
        assertThat(Refusals.outcome(() -> transactions.apply(key, "1", List.of(checking))))
                .isInstanceOf(Refusal.OfWrites.class);
    }

    @Test
    void a_request_that_is_lost_is_sent_again() {
        http.next(new Fault.RequestLost());
        Claim.Granted granted = (Claim.Granted) store.claim(Request.of("k", "owner", LEASE));
        http.next(new Fault.RequestLost());

        assertThat(store.complete(granted, "1")).isTrue();
        assertThat(http.requests()).isEqualTo(4);
    }
}
