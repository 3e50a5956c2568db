package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every idempotency store must do where a claim ends: a result and a failure stand for good, a key given back is free. */
public abstract class IdempotencyEndContract extends ClaimContract {

    /** For subclasses. */
    protected IdempotencyEndContract() {}

    @Test
    void a_completed_key_answers_with_its_result_whoever_asks_and_whenever() {
        for (String result : TEXTS) {
            String key = "k" + result.length();
            assertThat(store.complete(granted(key, "owner"), result)).isTrue();

            assertThat(claim(key, "owner")).isEqualTo(new Claim.Completed(result));
            assertThat(claim(key, "another")).isEqualTo(new Claim.Completed(result));
            pass(LEASE.multipliedBy(10));
            assertThat(claim(key, "another")).isEqualTo(new Claim.Completed(result));
        }
    }

    @Test
    void a_key_that_has_failed_for_good_answers_with_its_failure_whoever_asks_and_whenever() {
        for (String failure : TEXTS) {
            String key = "k" + failure.length();
            assertThat(store.fail(granted(key, "owner"), failure)).isTrue();

            assertThat(claim(key, "owner")).isEqualTo(new Claim.Failed(failure));
            assertThat(claim(key, "another")).isEqualTo(new Claim.Failed(failure));
            pass(LEASE.multipliedBy(10));
            assertThat(claim(key, "another")).isEqualTo(new Claim.Failed(failure));
        }
    }

    @Test
    void a_completed_key_is_never_opened_again() {
        Claim.Granted granted = granted("k", "owner");
        assertThat(store.complete(granted, "result")).isTrue();

        assertThat(store.complete(granted, "another result")).isFalse();
        assertThat(store.fail(granted, "result")).isFalse();
        assertThat(store.release(granted)).isFalse();
        assertThat(store.extend(granted, LEASE)).isFalse();
        pass(LEASE.multipliedBy(100));
        assertThat(claim("k", "owner")).isEqualTo(new Claim.Completed("result"));
    }

    @Test
    void a_key_that_has_failed_for_good_is_never_opened_again() {
        Claim.Granted granted = granted("k", "owner");
        assertThat(store.fail(granted, "no such card")).isTrue();

        assertThat(store.complete(granted, "no such card")).isFalse();
        assertThat(store.fail(granted, "another failure")).isFalse();
        assertThat(store.release(granted)).isFalse();
        assertThat(store.extend(granted, LEASE)).isFalse();
        pass(LEASE.multipliedBy(100));
        assertThat(claim("k", "owner")).isEqualTo(new Claim.Failed("no such card"));
    }

    @Test
    void a_claim_that_was_released_holds_nothing_any_more() {
        Claim.Granted granted = granted("k", "owner");
        assertThat(store.release(granted)).isTrue();

        assertThat(store.complete(granted, "stale")).isFalse();
        assertThat(store.fail(granted, "stale")).isFalse();
        assertThat(store.extend(granted, LEASE)).isFalse();
        assertThat(claim("k", "another")).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void an_end_that_is_told_again_is_the_same_end() {
        Claim.Granted released = granted("released", "owner");
        for (int i = 0; i < 3; i++) {
            assertThat(store.release(released)).isTrue();
        }
        for (String text : TEXTS) {
            Claim.Granted completed = granted("completed" + text.length(), "owner");
            Claim.Granted failed = granted("failed" + text.length(), "owner");
            for (int i = 0; i < 3; i++) {
                assertThat(store.complete(completed, text)).isTrue();
                assertThat(store.fail(failed, text)).isTrue();
                pass(LEASE);
            }
        }
    }

    @Test
    void an_end_is_not_another_holders() {
        Claim.Granted first = granted("completed", "owner");
        assertThat(store.complete(granted("completed", "owner"), "result")).isTrue();
        assertThat(store.complete(first, "result")).isFalse();

        first = granted("failed", "owner");
        assertThat(store.fail(granted("failed", "owner"), "failure")).isTrue();
        assertThat(store.fail(first, "failure")).isFalse();

        first = granted("released", "owner");
        assertThat(store.release(granted("released", "owner"))).isTrue();
        assertThat(store.release(first)).isFalse();
        assertThat(store.release(new Claim.Granted("released", Claim.Side.ACTION, "another", first.fence() + 1, false)))
                .isFalse();
    }

    @Test
    void what_was_never_claimed_does_not_end() {
        Claim.Granted invented = new Claim.Granted("k", Claim.Side.ACTION, "owner", 1, false);

        assertThat(store.complete(invented, "result")).isFalse();
        assertThat(store.fail(invented, "failure")).isFalse();
        assertThat(store.release(invented)).isFalse();
        assertThat(store.extend(invented, LEASE)).isFalse();
        assertThat(granted("k", "another").takenOver()).isFalse();
    }

    @Test
    void another_fingerprint_is_refused_in_every_state() {
        Claim.OtherPayload refused = new Claim.OtherPayload("a charge of 5");
        Claim.Granted first = granted(store.claim(request("owner", "a charge of 5")));

        assertRefused(refused);
        pass(LEASE.plusSeconds(1));
        assertRefused(refused);
        assertThat(store.complete(first, "result")).isTrue();
        assertRefused(refused);
        assertThat(store.claim(request("another", "a charge of 5"))).isEqualTo(new Claim.Completed("result"));
    }

    @Test
    void another_fingerprint_is_refused_after_a_failure_for_good() {
        assertThat(store.fail(granted(store.claim(request("owner", "a charge of 5"))), "no such card"))
                .isTrue();

        assertRefused(new Claim.OtherPayload("a charge of 5"));
    }

    @Test
    void another_fingerprint_is_refused_also_where_the_holder_is_gone() {
        Claim.Granted gone = granted(store.claim(request("owner", "a charge of 5")));

        assertThat(store.claim(new Request("k", "another", "a charge of 6", LEASE, OptionalLong.of(gone.fence()))))
                .isEqualTo(new Claim.OtherPayload("a charge of 5"));
        assertThat(store.complete(gone, "result")).isTrue();
    }

    @Test
    void a_key_that_was_given_back_may_be_claimed_for_another_payload() {
        assertThat(store.release(granted(store.claim(request("owner", "a charge of 5")))))
                .isTrue();

        assertThat(store.claim(request("another", "a charge of 6"))).isInstanceOf(Claim.Granted.class);
        assertThat(store.claim(request("another", "a charge of 5"))).isEqualTo(new Claim.OtherPayload("a charge of 6"));
    }

    private void assertRefused(Claim.OtherPayload refused) {
        for (String owner : new String[] {"owner", "another"}) {
            assertThat(store.claim(request(owner, "a charge of 6"))).isEqualTo(refused);
            assertThat(store.claim(request(owner, ""))).isEqualTo(refused);
        }
    }

    private static Request request(String owner, String fingerprint) {
        return new Request("k", owner, fingerprint, LEASE, OptionalLong.empty());
    }
}
