package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.UndoOptions.undoing;

import io.durablesaga.Parking;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.UndoOptions;
import io.durablesaga.engine.Decision;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Any durable write of a saga breaks whose undos fail or which is past its pivot; also those of decisions. */
abstract class RecordCrashUndoContract extends StoryContract {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final StepKey<String> NOTIFY = StepKey.of("notify", String.class);
    private static final Retries TWICE = Retries.every(TEN_SECONDS, 2);

    @Test
    void an_undo_that_fails_for_a_while_succeeds_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> {
            world.plan("undo reserve", Fault.FAILS, Fault.FAILS_AFTER_EFFECT);
            world.always("charge", Fault.FAILS);
            return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                    .step(CHARGE, world.does("charge"), world.undoes("charge"))
                    .returning(String.class, s -> s.result(CHARGE));
        }));
    }

    @Test
    void an_undo_that_fails_for_good_is_stuck_and_the_others_run_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> hopeless(undoing().retry(TWICE))));
    }

    @Test
    void an_undo_that_holds_earlier_ones_holds_them_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> hopeless(undoing().retry(TWICE).holdsEarlier())));
    }

    @Test
    void a_decision_to_retry_is_heard_whichever_write_breaks() {
        breakEachWrite(parked(A_DAY)
                .decided("charge", new Decision.Retry(), () -> {})
                .decided("charge", new Decision.Retry(), () -> world.always("undo charge", Fault.NONE)));
    }

    @Test
    void a_decision_to_skip_is_heard_whichever_write_breaks() {
        breakEachWrite(parked(A_DAY).decided("charge", new Decision.Skip("small change"), () -> {}));
    }

    @Test
    void a_decision_that_it_is_resolved_is_heard_whichever_write_breaks() {
        breakEachWrite(parked(A_DAY).decided("charge", new Decision.Resolved("refunded by hand"), () -> {}));
    }

    @Test
    void nobody_deciding_in_time_is_stuck_whichever_write_breaks() {
        breakEachWrite(parked(HALF_A_MINUTE));
    }

    @Test
    void what_follows_the_pivot_is_done_in_the_end_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> {
            world.plan("ship", Fault.FAILS, Fault.FAILS_AFTER_EFFECT);
            return shipping(A_DAY);
        }));
    }

    @Test
    void a_step_past_the_pivot_is_attempted_again_as_decided_whichever_write_breaks() {
        breakEachWrite(Story.of(failing("ship", () -> shipping(A_DAY)))
                .decided("ship", new Decision.Retry(), () -> world.always("ship", Fault.NONE)));
    }

    @Test
    void a_step_past_the_pivot_is_left_or_settled_as_decided_whichever_write_breaks() {
        breakEachWrite(Story.of(failing("ship", () -> shipping(A_DAY)))
                .decided("ship", new Decision.Resolved("sent by hand"), () -> {}));
        breakEachWrite(Story.of(failing("notify", () -> shipping(A_DAY)))
                .decided("notify", new Decision.Skip("nobody minds"), () -> {}));
    }

    @Test
    void nobody_deciding_past_the_pivot_is_stuck_and_undoes_nothing_whichever_write_breaks() {
        breakEachWrite(Story.of(failing("ship", () -> shipping(HALF_A_MINUTE))));
    }

    /** On its second attempt it is unknown whether a rejecting step has had its effect. */
    @Test
    void a_rejection_past_the_pivot_is_parked_at_once_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> {
                    world.always("notify", Fault.REJECTS);
                    return shipping(A_DAY);
                })
                .doubting("notify")
                .decided("notify", new Decision.Skip("nobody minds"), () -> {}));
    }

    private Story parked(Duration longest) {
        return Story.of(() -> hopeless(undoing().retry(TWICE).onStuck(Parking.park(longest))));
    }

    private Supplier<Saga<String, String>> failing(String body, Supplier<Saga<String, String>> saga) {
        return () -> {
            world.always(body, Fault.FAILS);
            return saga.get();
        };
    }

    private Saga<String, String> hopeless(UndoOptions options) {
        world.always("ship", Fault.FAILS);
        world.always("undo charge", Fault.FAILS);
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(CHARGE, world.does("charge"), world.undoes(options, "charge"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
    }

    private Saga<String, String> shipping(Duration longest) {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .pivot(Parking.park(longest))
                .step(SHIP, with().retry(Retries.every(TEN_SECONDS, 3)), world.does("ship"))
                .step(NOTIFY, world.does("notify"))
                .returning(String.class, s -> s.find(SHIP) + ", " + s.find(NOTIFY));
    }
}
