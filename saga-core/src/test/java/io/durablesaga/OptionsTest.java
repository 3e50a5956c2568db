package io.durablesaga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a node apart from its bodies: checked where it is said, with the parameter's name and the remedy. */
class OptionsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void a_bound_has_room_for_an_item(int number) {
        refused("atMost: " + number + "; at least one item", () -> Bound.atMost(number));
        refused(
                "concurrency: " + number + "; at least one at a time",
                () -> Bound.atMost(1).concurrently(number));
    }

    @Test
    void a_bound_runs_and_undoes_one_after_the_other_unless_told_otherwise() {
        assertThat(Bound.atMost(10)).isEqualTo(new Bound(10, 1, false));
        assertThat(Bound.atMost(10).concurrently(3)).isEqualTo(new Bound(10, 3, false));
        assertThat(Bound.atMost(10).undoingInParallel().concurrently(3)).isEqualTo(new Bound(10, 3, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000999S"})
    void a_time_is_at_least_a_millisecond(Duration time) {
        refused(
                "timeout: " + time + "; at least one millisecond",
                () -> StepOptions.with().timeout(time));
        refused(
                "timeout: " + time + "; at least one millisecond",
                () -> UndoOptions.undoing().timeout(time));
        refused("timeout: " + time + "; give a person time to decide", () -> Parking.park(time));
        refused("interval: " + time + "; at least one millisecond", () -> Polling.every(time, 3));
        refused("first: " + time + "; at least one millisecond", () -> Retries.exponential(time, 3));
        refused("first: " + time + "; at least one millisecond", () -> Retries.jittered(time, SECOND, 3));
        refused("longestDelay: " + time + "; at least", () -> Retries.exponential(SECOND, time, 3));
        refused("longestDelay: " + time + "; at least", () -> Retries.jittered(SECOND, time, 3));
        refused("delay: " + time + "; at least one millisecond", () -> Retries.every(time, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void a_number_is_at_least_one(int number) {
        refused("attempts: " + number + "; at least 1, the first one counts", () -> Retries.every(SECOND, number));
        refused("attempts: " + number + "; at least 1", () -> Retries.exponential(SECOND, number));
        refused("attempts: " + number + "; at least 1", () -> Retries.jittered(SECOND, SECOND, number));
        refused("atMost: " + number + "; at least one look", () -> Polling.every(SECOND, number));
        refused(
                "interruptions: " + number + "; at least 1, or a single crash would leave the outcome unknown",
                () -> StepOptions.with().interruptions(number));
        refused(
                "interruptions: " + number + "; at least 1",
                () -> UndoOptions.undoing().interruptions(number));
        refused(
                "resultBytes: " + number + "; at least 1",
                () -> StepOptions.with().resultAtMost(number));
    }

    @Test
    void the_smallest_of_everything_is_fine() {
        Duration least = Duration.ofMillis(1);

        assertThat(Bound.atMost(1).concurrently(1)).isEqualTo(new Bound(1, 1, false));
        assertThat(StepOptions.with().timeout(least).interruptions(1).resultAtMost(1))
                .isEqualTo(new StepOptions(StepOptions.DEFAULT.retries(), least, Set.of(), false, 1, 1));
        assertThat(UndoOptions.undoing().timeout(least).interruptions(1).timeout())
                .isEqualTo(least);
        assertThat(Parking.park(least).timeout()).isEqualTo(least);
        assertThat(Polling.every(least, 1)).isEqualTo(new Polling(least, 1));
        assertThat(Retries.every(least, 1).delayAfter(1)).isEqualTo(least);
        assertThat(Retries.exponential(least, least, 1).delayAfter(1)).isEqualTo(least);
    }

    @Test
    void a_finding_goes_with_any_options() {
        UndoOptions options = UndoOptions.undoing().holdsEarlier();
        Undo.Finding<Object, String> finding = (s, actionKey) -> Optional.empty();
        Undo.Body<Object, String> body = (s, effect) -> {};

        assertThat(Undo.undoFinding(options, finding, body)).isEqualTo(new Undo.By<>(options, finding, body));
        assertThat(Undo.undoFinding(finding, body)).isEqualTo(new Undo.By<>(UndoOptions.DEFAULT, finding, body));
        assertThat(Undo.undo(options, body)).isEqualTo(new Undo.By<>(options, null, body));
    }

    @Test
    void what_is_required_is_named_when_it_is_missing() {
        missing("retries", () -> StepOptions.with().retry(null));
        missing("retries", () -> UndoOptions.undoing().retry(null));
        missing("parking", () -> UndoOptions.undoing().onStuck(null));
        missing("timeout", () -> Within.within(null));
        missing("silence", () -> Within.within(SECOND).heartbeat(null));
        missing("value", () -> Within.within(SECOND).orElse(null));
        missing("within", () -> new Within.Or<>(null, ""));
        missing("value", () -> Polling.every(SECOND, 3).orElse(null));
        missing("polling", () -> new Polling.Or<>(null, ""));
        missing("interval", () -> new Retries(1, null, SECOND));
        missing("longest", () -> new Retries(1, Retries.none().interval(), null));
        missing("finding", () -> Undo.undoFinding(null, (s, effect) -> {}));
        missing("finding", () -> Undo.undoFinding(UndoOptions.undoing(), null, (s, effect) -> {}));
        missing("body", () -> Undo.undo(null));
        missing("options", () -> Undo.undo(null, (s, effect) -> {}));
        missing("actionKey", () -> new Effect<>(null, Optional.empty()));
        missing("result", () -> new Effect<>("key", null));
        missing("type", () -> StepKey.of("key", (Class<String>) null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void a_step_without_an_undo_says_why(String reason) {
        String message = "reason: say why there is no undo, in words a reader can check";

        refused(message, () -> Undo.nothingToUndo(reason));
        refused(message, () -> Undo.irreversible(reason));
        refused(message, () -> Undo.irreversible(null));
    }

    @Test
    void a_step_is_attempted_once_unless_told_otherwise() {
        assertThat(StepOptions.with().retries().attempts()).isEqualTo(1);
        assertThat(StepOptions.with())
                .isEqualTo(new StepOptions(StepOptions.DEFAULT.retries(), null, Set.of(), false, 50, null));
    }

    @Test
    void the_options_of_a_step_are_said_in_any_order_and_leave_the_others_alone() {
        Retries retries = Retries.every(SECOND, 3);
        StepOptions all =
                new StepOptions(retries, SECOND, Set.of(IOException.class, IllegalStateException.class), true, 7, 100);

        assertThat(StepOptions.with()
                        .retry(retries)
                        .timeout(SECOND)
                        .rejectedBy(IOException.class)
                        .rejectedBy(IllegalStateException.class)
                        .rejectedBy(IOException.class)
                        .providerReplays()
                        .interruptions(7)
                        .resultAtMost(100))
                .isEqualTo(all);
        assertThat(StepOptions.with()
                        .resultAtMost(100)
                        .interruptions(7)
                        .providerReplays()
                        .rejectedBy(IllegalStateException.class)
                        .rejectedBy(IOException.class)
                        .timeout(SECOND)
                        .retry(retries))
                .isEqualTo(all);
        assertThat(StepOptions.with()).isEqualTo(StepOptions.DEFAULT);
    }

    @Test
    void the_rejections_of_a_step_are_a_copy() {
        Set<Class<? extends Throwable>> types = new HashSet<>(Set.of(IOException.class));
        StepOptions options = new StepOptions(Retries.none(), null, types, false, 1, null);

        types.add(Error.class);

        assertThat(options.rejections()).containsExactly(IOException.class);
    }

    @Test
    void an_undo_is_attempted_ten_times_and_holds_nothing_unless_told_otherwise() {
        UndoOptions options = UndoOptions.undoing();

        assertThat(options.retries().attempts()).isEqualTo(10);
        assertThat(options.retries().delayAfter(1)).isEqualTo(SECOND);
        assertThat(options.retries().delayAfter(9)).isEqualTo(Duration.ofMinutes(1));
        assertThat(options).isEqualTo(new UndoOptions(options.retries(), null, false, null, 100));
    }

    @Test
    void the_options_of_an_undo_are_said_in_any_order_and_leave_the_others_alone() {
        Retries retries = Retries.every(SECOND, 3);
        Parking parking = Parking.park(Duration.ofDays(1));
        UndoOptions all = new UndoOptions(retries, SECOND, true, parking, 7);

        assertThat(UndoOptions.undoing()
                        .retry(retries)
                        .timeout(SECOND)
                        .holdsEarlier()
                        .onStuck(parking)
                        .interruptions(7))
                .isEqualTo(all);
        assertThat(UndoOptions.undoing()
                        .interruptions(7)
                        .onStuck(parking)
                        .holdsEarlier()
                        .timeout(SECOND)
                        .retry(retries))
                .isEqualTo(all);
    }

    @Test
    void a_rejection_carries_what_the_provider_said() {
        IOException cause = new IOException("402");

        assertThat(new StepRejected("card declined"))
                .hasMessage("card declined")
                .hasNoCause();
        assertThat(new StepRejected("card declined", cause))
                .hasMessage("card declined")
                .hasCause(cause);
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }

    private static void missing(String parameter, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(parameter);
    }
}
