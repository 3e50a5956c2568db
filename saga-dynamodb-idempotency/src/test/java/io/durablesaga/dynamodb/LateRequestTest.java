package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
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

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
