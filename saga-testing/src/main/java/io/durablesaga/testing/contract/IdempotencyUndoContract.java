package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import io.durablesaga.idempotency.UndoClaim;
import io.durablesaga.idempotency.UndoClaim.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every idempotency store must do where an effect is undone: no action after its undo, and one holder of the undo. */
public abstract class IdempotencyUndoContract extends ClaimContract {
    private static final int ROUNDS = 10;

    /** For subclasses. */
    protected IdempotencyUndoContract() {}

    @Test
    void an_undo_that_comes_first_finds_nothing_and_keeps_the_action_out_for_good() {
        UndoClaim.Granted undo = undoGranted("k", "undoer");

        assertThat(undo.action()).isEqualTo(new Past.Nothing());
        assertThat(undo.claim().key()).isEqualTo("k");
        assertThat(undo.claim().side()).isEqualTo(Claim.Side.UNDO);
        assertThat(undo.claim().owner()).isEqualTo("undoer");
        assertThat(undo.claim().takenOver()).isFalse();
        assertUndone("k");
        assertThat(store.complete(undo.claim(), "undone")).isTrue();
        assertUndone("k");
        pass(LEASE.multipliedBy(100));
        assertUndone("k");
    }

    @Test
    void an_undo_is_told_the_result_of_the_action() {
        for (String result : TEXTS) {
            String key = "k" + result.length();
            assertThat(store.complete(granted(key, "owner"), result)).isTrue();

            assertThat(undoGranted(key, "undoer").action()).isEqualTo(new Past.Completed(result));
            assertUndone(key);
        }
    }

    @Test
    void an_undo_that_comes_while_the_action_is_held_is_told_until_when_and_ends_that_hold() {
        Instant until = in(LEASE);
        Claim.Granted action = granted("k", "owner");

        assertThat(undoGranted("k", "undoer").action()).isEqualTo(new Past.Unknown(until));
        assertThat(store.extend(action, LEASE.multipliedBy(9))).isFalse();
        assertThat(store.complete(action, "late")).isFalse();
        assertThat(store.fail(action, "late")).isFalse();
        assertThat(store.release(action)).isFalse();
        assertUndone("k");
        assertThat(undoGranted("k", "undoer").action())
                .as("nothing of what the action's holder said was written")
                .isEqualTo(new Past.Unknown(until));
    }

    @Test
    void an_action_whose_lease_has_ended_is_unknown_all_the_same() {
        Instant until = in(LEASE);
        granted("k", "owner");
        pass(LEASE.multipliedBy(2));

        assertThat(undoGranted("k", "undoer").action()).isEqualTo(new Past.Unknown(until));
    }

    @Test
    void an_action_that_gave_its_key_back_or_failed_for_good_leaves_nothing_to_undo() {
        assertThat(store.release(granted("released", "owner"))).isTrue();
        assertThat(store.fail(granted("failed", "owner"), "no such card")).isTrue();

        assertThat(undoGranted("released", "undoer").action()).isEqualTo(new Past.Nothing());
        assertUndone("released");
        assertThat(undoGranted("failed", "undoer").action()).isEqualTo(new Past.Nothing());
        assertUndone("failed");
    }

    @Test
    void an_action_of_any_payload_and_any_takeover_is_kept_out() {
        Claim.Granted action = granted("k", "owner");
        Claim.InProgress seen = (Claim.InProgress) claim("k", "another");
        undoGranted("k", "undoer");

        assertThat(store.claim(Request.of("k", "another", LEASE).takingOver(seen)))
                .isEqualTo(new Claim.Undone());
        assertThat(store.complete(action, "late")).isFalse();
        undoGranted("unused", "undoer");
        assertThat(store.claim(new Request("unused", "owner", "a charge of 5", LEASE, OptionalLong.empty())))
                .isEqualTo(new Claim.Undone());
    }

    @Test
    void an_end_that_was_recorded_before_the_undo_is_the_same_when_it_is_told_again() {
        Claim.Granted completed = granted("completed", "owner");
        Claim.Granted failed = granted("failed", "owner");
        Claim.Granted released = granted("released", "owner");
        assertThat(store.complete(completed, "result")).isTrue();
        assertThat(store.fail(failed, "failure")).isTrue();
        assertThat(store.release(released)).isTrue();
        List.of("completed", "failed", "released").forEach(key -> undoGranted(key, "undoer"));

        assertThat(store.complete(completed, "result")).isTrue();
        assertThat(store.complete(completed, "another result")).isFalse();
        assertThat(store.fail(failed, "failure")).isTrue();
        assertThat(store.release(released)).isTrue();
    }

    @Test
    void the_action_of_another_owner_is_not_undone_and_goes_on_as_if_nobody_had_asked() {
        Claim.Granted held = granted("held", "another");
        assertThat(store.complete(granted("completed", "another"), "result")).isTrue();
        assertThat(store.fail(granted("failed", "another"), "failure")).isTrue();

        for (String key : List.of("held", "completed", "failed")) {
            assertThat(claimUndo(key, "undoer")).isEqualTo(new UndoClaim.AnothersAction("another"));
        }
        assertThat(store.extend(held, LEASE)).isTrue();
        assertThat(store.complete(held, "result")).isTrue();
        assertThat(claim("completed", "owner")).isEqualTo(new Claim.Completed("result"));
        assertThat(claim("failed", "owner")).isEqualTo(new Claim.Failed("failure"));
        assertThat(granted(store.claimUndo(new UndoRequest("held", "another", "undoer", LEASE)))
                        .action())
                .isEqualTo(new Past.Completed("result"));
    }

    @Test
    void a_key_that_another_owner_gave_back_is_nobodys_action() {
        assertThat(store.release(granted("k", "another"))).isTrue();

        assertThat(undoGranted("k", "undoer").action()).isEqualTo(new Past.Nothing());
        assertUndone("k");
    }

    @Test
    void the_undoer_enters_again_at_once_under_a_higher_fence_and_is_told_the_same() {
        assertThat(store.complete(granted("k", "owner"), "result")).isTrue();
        UndoClaim.Granted first = undoGranted("k", "undoer");
        UndoClaim.Granted second = undoGranted("k", "undoer");

        assertThat(second.claim().takenOver()).isTrue();
        assertThat(second.claim().fence()).isGreaterThan(first.claim().fence());
        assertThat(second.action()).isEqualTo(new Past.Completed("result"));
        assertThat(store.complete(first.claim(), "stale")).isFalse();
        assertThat(store.release(first.claim())).isFalse();
        assertThat(store.extend(first.claim(), LEASE)).isFalse();
        assertThat(store.complete(second.claim(), "fresh")).isTrue();
    }

    @Test
    void another_undoer_waits_for_the_lease() {
        UndoClaim.Granted first = undoGranted("k", "undoer");
        UndoClaim.InProgress inTheWay =
                new UndoClaim.InProgress("undoer", first.claim().fence(), in(LEASE));
        assertThat(claimUndo("k", "another")).isEqualTo(inTheWay);
        pass(Duration.ofMinutes(4));
        assertThat(claimUndo("k", "another")).isEqualTo(inTheWay);
        assertThat(store.extend(first.claim(), LEASE)).isTrue();
        pass(Duration.ofMinutes(4));
        assertThat(claimUndo("k", "another")).isInstanceOf(UndoClaim.InProgress.class);
        pass(Duration.ofMinutes(2));

        UndoClaim.Granted second = undoGranted("k", "another");
        assertThat(second.claim().takenOver()).isTrue();
        assertThat(second.claim().fence()).isGreaterThan(first.claim().fence());
        assertThat(store.complete(first.claim(), "late")).isFalse();
        assertThat(store.complete(second.claim(), "undone")).isTrue();
    }

    @Test
    void an_undo_that_is_done_answers_with_its_result_whoever_asks_and_whenever() {
        for (String result : TEXTS) {
            String key = "k" + result.length();
            UndoClaim.Granted undo = undoGranted(key, "undoer");
            assertThat(store.complete(undo.claim(), result)).isTrue();
            assertThat(store.complete(undo.claim(), result)).isTrue();
            assertThat(store.complete(undo.claim(), result + "!")).isFalse();
            assertThat(store.release(undo.claim())).isFalse();
            assertThat(store.extend(undo.claim(), LEASE)).isFalse();

            assertThat(claimUndo(key, "undoer")).isEqualTo(new UndoClaim.Completed(result));
            pass(LEASE.multipliedBy(10));
            assertThat(claimUndo(key, "another")).isEqualTo(new UndoClaim.Completed(result));
        }
    }

    @Test
    void an_undo_that_is_given_back_is_free_for_another_undoer_and_not_for_the_action() {
        assertThat(store.complete(granted("k", "owner"), "result")).isTrue();
        UndoClaim.Granted first = undoGranted("k", "undoer");
        assertThat(store.release(first.claim())).isTrue();
        assertThat(store.release(first.claim())).isTrue();

        assertUndone("k");
        UndoClaim.Granted second = undoGranted("k", "another");
        assertThat(second.claim().takenOver()).as("the first undid nothing").isFalse();
        assertThat(second.claim().fence()).isGreaterThan(first.claim().fence());
        assertThat(second.action()).isEqualTo(new Past.Completed("result"));
        assertThat(store.release(first.claim())).isFalse();
    }

    @Test
    void an_undo_does_not_fail_for_good() {
        UndoClaim.Granted undo = undoGranted("k", "undoer");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.fail(undo.claim(), "out of order"))
                .withMessageContaining("key k")
                .withMessageContaining("undo");
        assertThat(store.complete(undo.claim(), "undone")).isTrue();
    }

    @Test
    void a_grant_of_one_side_is_none_of_the_other() {
        Claim.Granted action = granted("k", "owner");
        Claim.Granted undo = new Claim.Granted("k", Claim.Side.UNDO, action.owner(), action.fence(), false);

        assertThat(store.complete(undo, "result")).isFalse();
        assertThat(store.release(undo)).isFalse();
        assertThat(store.extend(undo, LEASE)).isFalse();
        assertThat(store.complete(action, "result")).isTrue();
    }

    @Test
    void of_many_undoers_at_once_exactly_one_is_granted() throws Exception {
        List<UndoClaim> claims = atOnce(i -> claimUndo("k", "undoer-" + i));

        assertThat(claims.stream().filter(UndoClaim.Granted.class::isInstance)).hasSize(1);
        assertThat(claims.stream().filter(UndoClaim.InProgress.class::isInstance))
                .hasSize(THREADS - 1);
    }

    @Test
    void of_an_action_and_its_undo_at_once_the_undo_knows_what_the_action_came_to() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String keys = "round-" + round + "-";
            // each even thread has the effect, whose undo is the thread after it
            List<Object> seen = atOnce(i -> i % 2 == 0 ? action(keys + i) : undoGranted(keys + (i - 1), "undoer"));
            for (int i = 0; i < THREADS; i += 2) {
                Past past = ((UndoClaim.Granted) seen.get(i + 1)).action();
                Past expected = seen.get(i).equals("refused")
                        ? new Past.Nothing()
                        : seen.get(i).equals("completed") ? new Past.Completed("result") : new Past.Unknown(in(LEASE));
                assertThat(past).as("the action was " + seen.get(i)).isEqualTo(expected);
            }
        }
    }

    private String action(String key) {
        Claim claim = claim(key, "owner");
        if (claim instanceof Claim.Undone) {
            return "refused";
        }
        return store.complete(granted(claim), "result") ? "completed" : "lost";
    }

    @Test
    void an_end_and_an_undo_at_once_agree_on_which_was_first() throws Exception {
        List<Predicate<Claim.Granted>> ends = List.of(
                claim -> store.complete(claim, "result"), claim -> store.fail(claim, "failure"), store::release);
        List<Past> pasts = List.of(new Past.Completed("result"), new Past.Nothing(), new Past.Nothing());
        for (int round = 0; round < ROUNDS * ends.size(); round++) {
            String keys = "round-" + round + "-";
            int end = round % ends.size();
            List<Claim.Granted> actions = IntStream.range(0, THREADS)
                    .mapToObj(i -> granted(keys + i, "owner"))
                    .toList();
            List<Object> seen = atOnce(i -> i % 2 == 0
                    ? ends.get(end).test(actions.get(i))
                    : undoGranted(keys + (i - 1), "undoer").action());
            for (int i = 0; i < THREADS; i += 2) {
                Past expected = seen.get(i).equals(true) ? pasts.get(end) : new Past.Unknown(in(LEASE));
                assertThat(seen.get(i + 1)).isEqualTo(expected);
            }
        }
    }

    private void assertUndone(String key) {
        assertThat(claim(key, "owner")).isEqualTo(new Claim.Undone());
        assertThat(claim(key, "another")).isEqualTo(new Claim.Undone());
    }
}
