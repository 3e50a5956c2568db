package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every idempotency store must do: one holder per key, fenced, and a result that stands for good. */
public abstract class IdempotencyStoreContract {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final int THREADS = 16;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));

    private IdempotencyStore store;

    /** For subclasses. */
    protected IdempotencyStoreContract() {}

    /** A store without claims, in the time of this clock; whoever extends the suite closes what must be closed. */
    protected abstract IdempotencyStore open(InstantSource clock);

    @BeforeEach
    void openStore() {
        store = open(now::get);
    }

    @Test
    void a_free_key_is_granted() {
        Claim.Granted granted = granted("k", "owner");

        assertThat(granted.key()).isEqualTo("k");
        assertThat(granted.owner()).isEqualTo("owner");
        assertThat(granted.takenOver()).isFalse();
    }

    @Test
    void a_completed_key_answers_with_its_result_whoever_asks_and_whenever() {
        for (String result : List.of("", "null", "{\"name\":\"Zoë ☂\"}", "x".repeat(10_000))) {
            String key = "k" + result.length();
            assertThat(store.complete(granted(key, "owner"), result)).isTrue();

            assertThat(claim(key, "owner")).isEqualTo(new Claim.Completed(result));
            assertThat(claim(key, "another")).isEqualTo(new Claim.Completed(result));
            pass(LEASE.multipliedBy(10));
            assertThat(claim(key, "another")).isEqualTo(new Claim.Completed(result));
        }
    }

    @Test
    void another_owner_is_told_who_holds_the_key_and_until_when() {
        granted("k", "owner");
        pass(Duration.ofMinutes(1));

        assertThat(claim("k", "another"))
                .isEqualTo(new Claim.InProgress("owner", now.get().plus(Duration.ofMinutes(4))));
    }

    @Test
    void the_same_owner_enters_again_at_once_under_a_higher_fence() {
        Claim.Granted first = granted("k", "owner");
        Claim.Granted second = granted("k", "owner");

        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(second.takenOver())
                .as("the first claim was never completed: its effect is unknown")
                .isTrue();
    }

    @Test
    void entering_again_begins_a_new_lease() {
        granted("k", "owner");
        pass(Duration.ofMinutes(4));
        granted("k", "owner");
        pass(Duration.ofMinutes(4));

        assertThat(claim("k", "another"))
                .isEqualTo(new Claim.InProgress("owner", now.get().plus(Duration.ofMinutes(1))));
    }

    @Test
    void a_claim_that_was_entered_again_is_superseded() {
        Claim.Granted first = granted("k", "owner");
        Claim.Granted second = granted("k", "owner");

        assertThat(store.complete(first, "stale")).isFalse();
        assertThat(store.release(first)).isFalse();
        assertThat(claim("k", "another")).isInstanceOf(Claim.InProgress.class);
        assertThat(store.complete(second, "fresh")).isTrue();
        assertThat(claim("k", "another")).isEqualTo(new Claim.Completed("fresh"));
    }

    @Test
    void a_key_whose_lease_has_ended_is_taken_over_under_a_higher_fence() {
        Claim.Granted first = granted("k", "owner");
        pass(LEASE.minusSeconds(1));
        assertThat(claim("k", "another")).isInstanceOf(Claim.InProgress.class);
        pass(Duration.ofSeconds(2));

        Claim.Granted second = granted("k", "another");
        assertThat(second.owner()).isEqualTo("another");
        assertThat(second.takenOver()).isTrue();
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(claim("k", "owner"))
                .isEqualTo(new Claim.InProgress("another", now.get().plus(LEASE)));
    }

    @Test
    void a_superseded_holder_changes_nothing() {
        Claim.Granted first = granted("k", "owner");
        pass(LEASE.plusSeconds(1));
        Claim.Granted second = granted("k", "another");

        assertThat(store.complete(first, "late")).isFalse();
        assertThat(store.release(first)).isFalse();
        assertThat(claim("k", "third"))
                .isEqualTo(new Claim.InProgress("another", now.get().plus(LEASE)));
        assertThat(store.complete(second, "result")).isTrue();
        assertThat(store.complete(first, "later")).isFalse();
        assertThat(store.release(first)).isFalse();
        assertThat(claim("k", "third")).isEqualTo(new Claim.Completed("result"));
    }

    @Test
    void a_holder_whose_lease_has_ended_still_holds_until_somebody_takes_over() {
        Claim.Granted granted = granted("k", "owner");
        pass(LEASE.plusSeconds(1));

        assertThat(store.complete(granted, "slow")).isTrue();
        assertThat(claim("k", "another")).isEqualTo(new Claim.Completed("slow"));
    }

    @Test
    void a_released_key_is_free_and_its_fence_goes_on_growing() {
        Claim.Granted first = granted("k", "owner");
        assertThat(store.release(first)).isTrue();
        Claim.Granted second = granted("k", "another");

        assertThat(second.takenOver()).as("there surely was no effect").isFalse();
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(store.complete(first, "stale")).isFalse();
        assertThat(store.release(first)).isFalse();
        assertThat(store.complete(second, "result")).isTrue();
    }

    @Test
    void a_claim_that_was_released_cannot_be_completed() {
        Claim.Granted granted = granted("k", "owner");
        assertThat(store.release(granted)).isTrue();

        assertThat(store.complete(granted, "stale")).isFalse();
        assertThat(store.release(granted)).isFalse();
        assertThat(claim("k", "another")).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void a_completed_key_is_never_opened_again() {
        Claim.Granted granted = granted("k", "owner");
        assertThat(store.complete(granted, "result")).isTrue();

        assertThat(store.complete(granted, "another result")).isFalse();
        assertThat(store.release(granted)).isFalse();
        pass(LEASE.multipliedBy(100));
        assertThat(claim("k", "owner")).isEqualTo(new Claim.Completed("result"));
    }

    @Test
    void another_fingerprint_is_refused_in_every_state() {
        Claim.OtherPayload refused = new Claim.OtherPayload("a charge of 5");
        Claim first = store.claim(new Request("k", "owner", "a charge of 5", LEASE));
        Request other = new Request("k", "owner", "a charge of 6", LEASE);
        Request others = new Request("k", "another", "a charge of 6", LEASE);

        assertThat(store.claim(other)).isEqualTo(refused);
        assertThat(store.claim(others)).isEqualTo(refused);
        pass(LEASE.plusSeconds(1));
        assertThat(store.claim(others)).isEqualTo(refused);
        assertThat(store.complete((Claim.Granted) first, "result")).isTrue();
        assertThat(store.claim(other)).isEqualTo(refused);
        assertThat(store.claim(others)).isEqualTo(refused);
        assertThat(store.claim(new Request("k", "another", "a charge of 5", LEASE)))
                .isEqualTo(new Claim.Completed("result"));
    }

    @Test
    void keys_are_apart() {
        Claim.Granted one = granted("one", "owner");
        Claim.Granted two = granted("two", "another");

        assertThat(store.complete(one, "first")).isTrue();
        assertThat(claim("two", "owner")).isInstanceOf(Claim.InProgress.class);
        assertThat(store.release(two)).isTrue();
        assertThat(claim("one", "another")).isEqualTo(new Claim.Completed("first"));
    }

    @Test
    void of_many_owners_at_once_exactly_one_is_granted_a_free_key() throws Exception {
        List<Claim> claims = atOnce(i -> claim("k", "owner-" + i));

        List<Claim> granted =
                claims.stream().filter(Claim.Granted.class::isInstance).toList();
        assertThat(granted).hasSize(1);
        Claim.Granted holder = (Claim.Granted) granted.get(0);
        assertThat(claims.stream().filter(Claim.InProgress.class::isInstance))
                .hasSize(THREADS - 1)
                .containsOnly(new Claim.InProgress(holder.owner(), now.get().plus(LEASE)));
        assertThat(store.complete(holder, "result")).isTrue();
    }

    @Test
    void of_many_owners_at_once_exactly_one_takes_over() throws Exception {
        Claim.Granted first = granted("k", "owner");
        pass(LEASE.plusSeconds(1));
        List<Claim> claims = atOnce(i -> claim("k", "owner-" + i));

        assertThat(claims.stream().filter(Claim.Granted.class::isInstance))
                .singleElement()
                .isInstanceOfSatisfying(Claim.Granted.class, granted -> {
                    assertThat(granted.takenOver()).isTrue();
                    assertThat(granted.fence()).isGreaterThan(first.fence());
                });
        assertThat(store.complete(first, "late")).isFalse();
    }

    @Test
    void of_one_owner_entering_many_times_at_once_only_the_last_fence_holds() throws Exception {
        List<Claim.Granted> claims = atOnce(i -> granted("k", "owner"));

        assertThat(claims.stream().map(Claim.Granted::fence)).doesNotHaveDuplicates();
        long last = claims.stream().mapToLong(Claim.Granted::fence).max().orElseThrow();
        List<Claim.Granted> completed = claims.stream()
                .filter(claim -> store.complete(claim, "by " + claim.fence()))
                .toList();
        assertThat(completed).extracting(Claim.Granted::fence).containsExactly(last);
        assertThat(claim("k", "another")).isEqualTo(new Claim.Completed("by " + last));
    }

    private Claim claim(String key, String owner) {
        return store.claim(Request.of(key, owner, LEASE));
    }

    private Claim.Granted granted(String key, String owner) {
        Claim claim = claim(key, owner);
        if (claim instanceof Claim.Granted granted) {
            return granted;
        }
        throw new AssertionError("not granted: " + claim);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    /** One of many claims made at the same time. */
    private interface Claiming<T> {
        T claim(int number);
    }

    private static <T> List<T> atOnce(Claiming<T> claiming) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<T>> futures = IntStream.range(0, THREADS)
                    .mapToObj(i -> threads.submit(() -> {
                        go.await();
                        return claiming.claim(i);
                    }))
                    .toList();
            go.countDown();
            List<T> claims = new ArrayList<>();
            for (Future<T> future : futures) {
                claims.add(future.get());
            }
            return claims;
        } finally {
            threads.shutdownNow();
        }
    }
}
