package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Clocks that differ by no more than the tolerance let nobody in while a lease lasts; beyond it, fences keep the record right. */
@ExtendWith(LocalDynamoDb.Extension.class)
class ClockToleranceTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration TOLERANCE = Duration.ofSeconds(10);
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final AtomicReference<Instant> here = new AtomicReference<>(START);
    private final AtomicReference<Instant> there = new AtomicReference<>(START.plus(TOLERANCE));
    private DynamoDbIdempotencyStore behind;
    private DynamoDbIdempotencyStore ahead;

    @BeforeEach
    void openStores(LocalDynamoDb dynamo) {
        DynamoDbClient client = dynamo.client();
        IdempotencyTable table = Effects.table(dynamo).clockTolerance(TOLERANCE);
        behind = DynamoDbIdempotencyStore.over(client, table.clock(here::get));
        ahead = DynamoDbIdempotencyStore.over(client, table.clock(there::get));
    }

    @Test
    void whose_clock_is_ahead_by_the_tolerance_waits_for_the_whole_lease() {
        Claim.Granted held = (Claim.Granted) behind.claim(Request.of("k", "owner", LEASE));
        pass(LEASE.minusMillis(1));

        assertThat(ahead.claim(Request.of("k", "another", LEASE)))
                .isEqualTo(new Claim.InProgress(
                        "owner", held.fence(), START.plus(LEASE).plus(TOLERANCE)));
        pass(Duration.ofMillis(1));
        assertThat(ahead.claim(Request.of("k", "another", LEASE))).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void whose_clock_is_behind_waits_longer_and_gets_in() {
        ahead.claim(Request.of("k", "owner", LEASE));
        pass(LEASE.plus(TOLERANCE));
        assertThat(behind.claim(Request.of("k", "another", LEASE))).isInstanceOf(Claim.InProgress.class);
        pass(TOLERANCE);

        assertThat(behind.claim(Request.of("k", "another", LEASE))).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void a_clock_that_is_far_wrong_lets_two_in_and_still_only_one_may_complete() {
        Claim.Granted first = (Claim.Granted) behind.claim(Request.of("k", "owner", LEASE));
        there.set(START.plus(Duration.ofDays(1)));
        Claim.Granted second = (Claim.Granted) ahead.claim(Request.of("k", "another", LEASE));

        assertThat(second.takenOver()).isTrue();
        assertThat(behind.complete(first, "first")).isFalse();
        assertThat(ahead.complete(second, "second")).isTrue();
        assertThat(behind.claim(Request.of("k", "owner", LEASE))).isEqualTo(new Claim.Completed("second"));
    }

    @Test
    void a_negative_tolerance_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdempotencyTable.named("t").clockTolerance(Duration.ofSeconds(-1)))
                .withMessage("clockTolerance: PT-1S; not negative");
    }

    private void pass(Duration time) {
        here.updateAndGet(instant -> instant.plus(time));
        there.updateAndGet(instant -> instant.plus(time));
    }
}
