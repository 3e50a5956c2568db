package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.StepRejected;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import io.durablesaga.idempotency.InProgressElsewhere;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import io.durablesaga.idempotency.UndoClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Recorded transactions and claims of the same keys in the same table. */
@ExtendWith(LocalDynamoDb.Extension.class)
final class TransactionsAndClaimsTest {
    private static final EffectKey<String> KEY = EffectKey.of("k", "k", String.class);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LEASE_ENDS = NOW.plus(LEASE).plusSeconds(10);

    private final Accounts accounts;
    private final DynamoDbIdempotencyStore store;
    private final Once once;
    private final RecordedTransactions transactions;

    TransactionsAndClaimsTest(LocalDynamoDb dynamoDb) {
        accounts = new Accounts(dynamoDb);
        IdempotencyTable table =
                IdempotencyTable.named(accounts.table + "-effects").clock(() -> NOW);
        TestTables.createIfMissing(accounts.client, table);
        store = DynamoDbIdempotencyStore.over(accounts.client, table);
        once = Once.over(store);
        transactions = RecordedTransactions.over(accounts.client, table);
    }

    @Test
    void a_claim_finds_what_a_transaction_has_done() throws Exception {
        transactions.apply(KEY, "\"added\"", add(1));
        assertThat(store.claim(request("k"))).isEqualTo(new Claim.Completed("\"added\""));
        assertThat(once.run(KEY, OnUnknown.stop(), () -> "had again")).isEqualTo("added");
    }

    @Test
    void a_transaction_finds_what_a_claim_has_done() throws Exception {
        once.run(KEY, OnUnknown.stop(), () -> "had");
        assertThat(transactions.apply(KEY, "1", add(1))).isEqualTo(new Transacted.Already("\"had\""));
        assertThat(transactions.undo(KEY, "u", add(-1))).isEqualTo(new TransactedUndo.Applied());
        assertThat(accounts.balance("a")).isEqualTo(-1);
    }

    @Test
    void no_claim_is_granted_after_an_undo_by_transaction() {
        transactions.undo(KEY, "u", add(-1));
        assertThat(store.claim(request("k"))).isEqualTo(new Claim.Undone());
        assertThatThrownBy(() -> once.run(KEY, OnUnknown.stop(), () -> "had")).isInstanceOf(StepRejected.class);
        EffectKey<String> done = EffectKey.of("done", "done", String.class);
        transactions.apply(done, "1", add(1));
        transactions.undo(done, "u", add(-1));
        assertThat(store.claim(request("done"))).isEqualTo(new Claim.Undone());
        assertThat(store.claimUndo(new UndoRequest("done", "done", "u", LEASE)))
                .isEqualTo(new UndoClaim.Completed("null"));
    }

    @Test
    void a_claim_may_undo_what_a_transaction_has_done() throws Exception {
        transactions.apply(KEY, "\"added\"", add(1));
        assertThat(once.undo(KEY, "u", added -> assertThat(added.result()).contains("added")))
                .isEqualTo(Once.Undone.NOW);
        assertThat(transactions.undo(KEY, "u", add(-1))).isEqualTo(new TransactedUndo.Already());
        assertThat(Refusals.outcome(() -> transactions.apply(KEY, "1", add(1)))).isEqualTo(new Refusal.Undone());
    }

    @Test
    void a_key_that_is_claimed_is_in_progress() {
        store.claim(request("k"));
        assertThatThrownBy(() -> transactions.apply(KEY, "1", add(1)))
                .isInstanceOfSatisfying(InProgressElsewhere.class, other -> {
                    assertThat(other.owner()).isEqualTo("k");
                    assertThat(other.until()).isEqualTo(LEASE_ENDS);
                });
        refused(KEY, "the effect is claimed until " + LEASE_ENDS);
        refused(KEY.ownedBy("me"), "the effect is k's, not me's");
        store.claimUndo(new UndoRequest("k", "k", "undoing", LEASE));
        assertThat(Refusals.outcome(() -> transactions.apply(KEY, "1", add(1)))).isEqualTo(new Refusal.Undone());
        refused(KEY, "it is claimed by undoing until " + LEASE_ENDS);
        assertThat(accounts.item("a")).isEmpty();
    }

    private void refused(EffectKey<String> key, String why) {
        assertThatThrownBy(() -> transactions.undo(key, "u", add(-1)))
                .isInstanceOf(UndoRefused.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_key_that_was_given_back_is_free_for_a_transaction_and_late_ends_of_its_claim_are_refused() {
        Claim.Granted claim = (Claim.Granted) store.claim(request("k"));
        store.release(claim);
        assertThat(transactions.apply(KEY.forPayload("x"), "1", add(1))).isEqualTo(new Transacted.Applied());
        assertThat(store.complete(claim, "1")).isFalse();
        assertThat(store.release(claim)).isFalse();
        assertThat(store.extend(claim, LEASE)).isFalse();
        assertThat(transactions.undo(KEY, "u", add(-1))).isEqualTo(new TransactedUndo.Applied());
    }

    @Test
    void of_what_was_given_back_or_failed_for_good_there_is_nothing_to_undo() {
        store.release((Claim.Granted) store.claim(request("k")));
        assertThat(transactions.undo(KEY, "u", add(-1))).isEqualTo(new TransactedUndo.Nothing());
        store.fail((Claim.Granted) store.claim(request("failed")), "no such parcel");
        EffectKey<String> failed = EffectKey.of("failed", "failed", String.class);
        assertThat(Refusals.outcome(() -> transactions.apply(failed, "1", add(1))))
                .isEqualTo(new Refusal.ForGood("no such parcel"));
        refused(failed.ownedBy("me"), "the effect is failed's, not me's");
        assertThat(transactions.undo(failed, "u", add(-1))).isEqualTo(new TransactedUndo.Nothing());
        assertThat(Refusals.outcome(() -> transactions.apply(failed, "1", add(1))))
                .isEqualTo(new Refusal.Undone());
        assertThat(accounts.item("a")).isEmpty();
    }

    @Test
    void an_undo_that_was_given_back_may_be_made_by_a_transaction() {
        transactions.apply(KEY, "1", add(1));
        UndoClaim.Granted undo = (UndoClaim.Granted) store.claimUndo(new UndoRequest("k", "k", "u", LEASE));
        store.release(undo.claim());
        assertThat(transactions.undo(KEY, "u", add(-1))).isEqualTo(new TransactedUndo.Applied());
        assertThat(store.complete(undo.claim(), "null")).isFalse();
        assertThat(accounts.balance("a")).isZero();
    }

    private List<TransactWriteItem> add(int amount) {
        return List.of(accounts.write(accounts.add("a", amount)));
    }

    private static Request request(String key) {
        return Request.of(key, key, LEASE);
    }
}
