package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.dynamodb.local.FaultyHttp;
import io.durablesaga.dynamodb.local.FaultyHttp.Fault;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import io.durablesaga.idempotency.UndoClaim;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The client sends a request again where no answer came: whatever became of the first, the second is answered as the first would have been. */
@ExtendWith(LocalDynamoDb.Extension.class)
class LostAnswerTest {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final FaultyHttp http = new FaultyHttp();
    private DynamoDbIdempotencyStore store;

    @BeforeEach
    void openStore(LocalDynamoDb dynamo) {
        store = DynamoDbIdempotencyStore.over(dynamo.client(client -> client.httpClient(http)), Effects.table(dynamo));
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
    void a_request_that_is_lost_is_sent_again() {
        http.next(new Fault.RequestLost());
        Claim.Granted granted = (Claim.Granted) store.claim(Request.of("k", "owner", LEASE));
        http.next(new Fault.RequestLost());

        assertThat(store.complete(granted, "1")).isTrue();
        assertThat(http.requests()).isEqualTo(4);
    }
}
