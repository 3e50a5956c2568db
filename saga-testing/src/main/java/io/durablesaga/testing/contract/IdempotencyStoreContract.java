package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every idempotency store must do: one holder per key, fenced, for as long as its lease. */
public abstract class IdempotencyStoreContract extends ClaimContract {

    /** For subclasses. */
    protected IdempotencyStoreContract() {}

    @Test
    void a_free_key_is_granted() {
        Claim.Granted granted = granted("k", "owner");

        assertThat(granted.key()).isEqualTo("k");
        assertThat(granted.side()).isEqualTo(Claim.Side.ACTION);
        assertThat(granted.owner()).isEqualTo("owner");
        assertThat(granted.takenOver()).isFalse();
    }

    @Test
    void another_owner_is_told_who_holds_the_key_and_until_when() {
        Claim.Granted held = granted("k", "owner");
        pass(Duration.ofMinutes(1));

        assertThat(claim("k", "another"))
                .isEqualTo(new Claim.InProgress("owner", held.fence(), in(Duration.ofMinutes(4))));
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
        Claim.Granted held = granted("k", "owner");
        pass(Duration.ofMinutes(4));

        assertThat(claim("k", "another"))
                .isEqualTo(new Claim.InProgress("owner", held.fence(), in(Duration.ofMinutes(1))));
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
        assertThat(claim("k", "owner")).isEqualTo(new Claim.InProgress("another", second.fence(), in(LEASE)));
    }

    @Test
    void a_superseded_holder_changes_nothing() {
        Claim.Granted first = granted("k", "owner");
        pass(LEASE.plusSeconds(1));
        Claim.Granted second = granted("k", "another");

        assertThat(store.complete(first, "late")).isFalse();
        assertThat(store.release(first)).isFalse();
        assertThat(claim("k", "third")).isEqualTo(new Claim.InProgress("another", second.fence(), in(LEASE)));
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
                .containsOnly(new Claim.InProgress(holder.owner(), holder.fence(), in(LEASE)));
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

    @Test
    void a_lease_that_is_extended_begins_anew() {
        Claim.Granted granted = granted("k", "owner");
        pass(Duration.ofMinutes(4));
        assertThat(store.extend(granted, LEASE)).isTrue();
        pass(Duration.ofMinutes(4));

        assertThat(claim("k", "another"))
                .isEqualTo(new Claim.InProgress("owner", granted.fence(), in(Duration.ofMinutes(1))));
        assertThat(store.extend(granted, Duration.ofHours(1))).isTrue();
        assertThat(claim("k", "another"))
                .isEqualTo(new Claim.InProgress("owner", granted.fence(), in(Duration.ofHours(1))));
        assertThat(store.complete(granted, "result")).isTrue();
    }

    @Test
    void a_lease_is_never_shortened() {
        Claim.Granted granted = granted("k", "owner");

        assertThat(store.extend(granted, Duration.ofMinutes(1))).isTrue();
        assertThat(claim("k", "another")).isEqualTo(new Claim.InProgress("owner", granted.fence(), in(LEASE)));
    }

    @Test
    void a_lease_that_has_ended_is_extended_unless_somebody_has_taken_over() {
        Claim.Granted first = granted("k", "owner");
        pass(LEASE.plusSeconds(1));
        assertThat(store.extend(first, LEASE)).isTrue();
        assertThat(claim("k", "another")).isInstanceOf(Claim.InProgress.class);
        pass(LEASE.plusSeconds(1));
        Claim.Granted second = granted("k", "another");

        assertThat(store.extend(first, LEASE.multipliedBy(9))).isFalse();
        assertThat(claim("k", "owner")).isEqualTo(new Claim.InProgress("another", second.fence(), in(LEASE)));
    }

    @Test
    void a_lease_is_not_extended_by_an_earlier_claim_of_the_same_owner() {
        Claim.Granted first = granted("k", "owner");
        Claim.Granted second = granted("k", "owner");

        assertThat(store.extend(first, LEASE.multipliedBy(9))).isFalse();
        assertThat(claim("k", "another")).isEqualTo(new Claim.InProgress("owner", second.fence(), in(LEASE)));
    }

    @Test
    void whoever_knows_that_the_holder_is_gone_takes_over_at_once() {
        Claim.Granted gone = granted("k", "owner");
        Claim.InProgress seen = (Claim.InProgress) claim("k", "another");
        Claim.Granted second =
                granted(store.claim(Request.of("k", "another", LEASE).takingOver(seen)));

        assertThat(second.owner()).isEqualTo("another");
        assertThat(second.takenOver()).isTrue();
        assertThat(second.fence()).isGreaterThan(gone.fence());
        assertThat(store.complete(gone, "late")).isFalse();
        assertThat(claim("k", "third")).isEqualTo(new Claim.InProgress("another", second.fence(), in(LEASE)));
    }

    @Test
    void a_holder_that_has_come_since_is_not_taken_over() {
        granted("k", "owner");
        Claim.InProgress seen = (Claim.InProgress) claim("k", "another");
        Claim.Granted since = granted("k", "owner");
        Claim.InProgress inTheWay = new Claim.InProgress("owner", since.fence(), in(LEASE));
        Request late = Request.of("k", "another", LEASE).takingOver(seen);

        assertThat(store.claim(late)).isEqualTo(inTheWay);
        assertThat(store.claim(Request.of("k", "another", LEASE)
                        .takingOver(new Claim.InProgress("owner", since.fence() + 1, in(LEASE)))))
                .isEqualTo(inTheWay);
        assertThat(store.complete(since, "result")).isTrue();
        assertThat(store.claim(late)).isEqualTo(new Claim.Completed("result"));
    }

    @Test
    void a_key_that_was_given_back_since_is_granted_to_whoever_came_to_take_over() {
        Claim.Granted gone = granted("k", "owner");
        Claim.InProgress seen = (Claim.InProgress) claim("k", "another");
        assertThat(store.release(gone)).isTrue();

        Claim.Granted second =
                granted(store.claim(Request.of("k", "another", LEASE).takingOver(seen)));
        assertThat(second.takenOver()).as("there surely was no effect").isFalse();
        assertThat(second.fence()).isGreaterThan(gone.fence());
    }

    @Test
    void of_many_who_know_that_the_holder_is_gone_exactly_one_takes_over() throws Exception {
        granted("k", "owner");
        Claim.InProgress seen = (Claim.InProgress) claim("k", "another");
        List<Claim> claims =
                atOnce(i -> store.claim(Request.of("k", "owner-" + i, LEASE).takingOver(seen)));

        assertThat(claims.stream().filter(Claim.Granted.class::isInstance)).hasSize(1);
        assertThat(claims.stream().filter(Claim.InProgress.class::isInstance)).hasSize(THREADS - 1);
    }
}
