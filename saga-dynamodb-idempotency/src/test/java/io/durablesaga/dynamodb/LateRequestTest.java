package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import io.durablesaga.idempotency.UndoClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request says when its lease ends before it is sent, and may arrive much later, as where the client sends it several times. */
@ExtendWith(LocalDynamoDb.Extension.class)
class LateRequestTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration WHILE = Duration.ofSeconds(20);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private IdempotencyTable table;
    private WatchedWire wire;
    private DynamoDbIdempotencyStore late;
    private DynamoDbIdempotencyStore store;

    @BeforeEach
    void openStores(LocalDynamoDb dynamo) {
        table = Effects.table(dynamo.withoutWire()).clock(now::get);
        wire = new WatchedWire(Wire.of(dynamo.withoutWire()));
        late = new DynamoDbIdempotencyStore(wire, table);
        store = DynamoDbIdempotencyStore.over(dynamo.withoutWire(), table);
    }

    @Test
    void a_lease_is_not_shortened_by_a_beat_that_arrives_after_the_next_one() {
        Claim.Granted held = (Claim.Granted) late.claim(Request.of("k", "owner", LEASE));
        wire.before(2, () -> {
            pass(WHILE);
            assertThat(store.extend(held, LEASE)).isTrue();
        });

        assertThat(late.extend(held, LEASE)).isTrue();
        pass(LEASE.minusMillis(1));
        assertThat(store.claim(Request.of("k", "another", LEASE))).isInstanceOf(Claim.InProgress.class);
    }

    @Test
    void a_claim_that_is_granted_late_keeps_others_out_for_its_whole_lease() {
        wire.before(1, () -> pass(LEASE.plusMillis(1)));

        assertThat(late.claim(Request.of("k", "owner", LEASE)))
                .isInstanceOfSatisfying(
                        Claim.Granted.class,
                        granted -> assertThat(granted.takenOver()).isFalse());
        pass(LEASE.minusMillis(1));
        assertThat(store.claim(Request.of("k", "another", LEASE))).isInstanceOf(Claim.InProgress.class);
    }

    @Test
    void a_claim_that_is_granted_late_and_taken_over_meanwhile_is_not_used() {
        wire.before(1, () -> pass(LEASE))
                .before(
                        2,
                        () -> assertThat(store.claim(Request.of("k", "another", LEASE)))
                                .isInstanceOf(Claim.Granted.class));

        assertThat(late.claim(Request.of("k", "owner", LEASE))).isInstanceOf(Claim.InProgress.class);
        assertThat(store.claim(Request.of("k", "owner", LEASE)))
                .isInstanceOfSatisfying(
                        Claim.InProgress.class,
                        other -> assertThat(other.owner()).isEqualTo("another"));
    }

    @Test
    void a_claim_that_is_granted_late_each_time_is_not_used() {
        wire.before(1, () -> pass(LEASE)).before(2, () -> pass(LEASE));

        assertThat(late.claim(Request.of("k", "owner", LEASE))).isInstanceOf(Claim.InProgress.class);
        assertThat(late.claim(Request.of("k", "owner", LEASE))).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void a_claim_that_is_granted_late_and_cannot_be_extended_is_not_used() {
        wire.before(1, () -> pass(LEASE)).losing(2);

        assertThat(late.claim(Request.of("k", "owner", LEASE))).isInstanceOf(Claim.InProgress.class);
    }

    @Test
    void an_undo_that_is_granted_late_keeps_others_out_for_its_whole_lease() {
        wire.before(1, () -> pass(LEASE.plusMillis(1)));

        assertThat(late.claimUndo(new UndoRequest("k", "owner", "undo", LEASE))).isInstanceOf(UndoClaim.Granted.class);
        pass(LEASE.minusMillis(1));
        assertThat(store.claimUndo(new UndoRequest("k", "owner", "another", LEASE)))
                .isInstanceOf(UndoClaim.InProgress.class);
    }

    @Test
    void a_grant_that_comes_soon_costs_no_request_more() {
        wire.before(1, () -> pass(LEASE.dividedBy(2)));

        assertThat(late.claim(Request.of("k", "owner", LEASE))).isInstanceOf(Claim.Granted.class);
        assertThat(wire.requests()).isEqualTo(1);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
