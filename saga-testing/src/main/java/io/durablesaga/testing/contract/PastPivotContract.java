package io.durablesaga.testing.contract;

import static io.durablesaga.Undo.irreversible;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.AfterPivot;
import io.durablesaga.Bound;
import io.durablesaga.Parking;
import io.durablesaga.Polling;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.Within;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What else may stand past the pivot: groups, callbacks, polls, pauses. */
abstract class PastPivotContract extends SubjectContract {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final StepKey<String> NOTIFY = StepKey.of("notify", String.class);
    private static final StepKey<Integer> ANSWER = StepKey.of("answer", Integer.class);

    @Test
    void a_group_past_the_pivot_parks_what_fails_and_keeps_the_rest() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .pivot(Parking.park(A_DAY))
                .parallel("both", both -> both.step(SHIP, world.does("ship")).step(NOTIFY, world.does("notify")))
                .forEach(
                        "parcels",
                        Bound.atMost(2),
                        s -> List.of("a", "b"),
                        parcel -> parcel,
                        parcel -> parcel.step(StepKey.of("label", String.class), world.doesEach("label")))
                .returning(String.class, s -> s.result(SHIP) + ", " + s.result(NOTIFY));
        world.plan("ship", Fault.FAILS);
        world.plan("label[b]", Fault.REJECTS);
        start(saga);

        assertThat(parked(saga).path()).isEqualTo("both/ship");
        assertThat(world.effects()).containsExactly("reserve", "notify");
        decide(saga, new Decision.Retry());
        assertThat(parked(saga).path()).isEqualTo("parcels[b]/label");
        decide(saga, new Decision.Retry());
        assertThat(completed(saga)).isEqualTo("did ship, did notify");
        assertThat(world.effects()).containsExactly("reserve", "notify", "ship", "label[a]", "label[b]");
    }

    @Test
    void items_past_the_pivot_are_decided_in_any_order_and_the_cause_is_the_first_in_definition_order() {
        for (int i = 0; i < 10; i++) {
            inNewWorld(this::assertCauseIsTheFirstInDefinitionOrder);
        }
    }

    @Test
    void a_saga_that_is_stuck_lists_all_that_stands_groups_included() {
        Saga<String, String> saga = saga().parallel(
                        "before",
                        before -> before.step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                                .step(CHARGE, world.does("charge"), irreversible("cash is gone")))
                .pivot(Parking.park(A_DAY))
                .step(SHIP, world.does("ship"))
                .forEach(
                        "parcels",
                        Bound.atMost(2),
                        s -> List.of("a", "b"),
                        parcel -> parcel,
                        parcel -> parcel.step(StepKey.of("label", String.class), world.doesEach("label")))
                .step(NOTIFY, world.does("notify"))
                .returning(String.class, s -> s.result(NOTIFY));
        world.plan("ship", Fault.FAILS);
        world.plan("notify", Fault.REJECTS);
        start(saga);
        decide(saga, new Decision.Resolved("shipped by hand"));
        engine.advance(A_DAY);

        SagaResult.Stuck<String> result = stuck(saga);
        assertThat(result.cause()).isEqualTo(new Cause("notify", says("notify")));
        assertThat(states(result.effects()))
                .containsExactlyInAnyOrder(
                        "before/reserve STANDING",
                        "before/charge STANDING",
                        "ship RESOLVED",
                        "parcels[a]/label STANDING",
                        "parcels[b]/label STANDING",
                        "notify NOT_DONE");
        assertThat(states(result.undone())).containsExactly("ship RESOLVED");
    }

    @Test
    void a_list_of_items_that_throws_past_the_pivot_is_stuck() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .pivot()
                .forEach(
                        "parcels",
                        Bound.atMost(2),
                        s -> List.of(s.result(SHIP)),
                        parcel -> parcel,
                        parcel -> parcel.step(NOTIFY, world.doesEach("notify")))
                .returning(String.class, s -> s.input());
        start(saga);

        SagaResult.Stuck<String> result = stuck(saga);
        assertThat(result.cause().path()).isEqualTo("parcels");
        assertThat(result.open()).containsExactly(standing("reserve"));
        assertThat(operations()).containsExactly("ACTION reserve COMPLETED", "FAILURE failed:parcels FAILED");
    }

    @Test
    void a_callback_past_the_pivot_yields_its_answer() {
        Saga<String, Integer> saga = asking();
        start(saga);
        complete("answer", "42");

        assertThat(completed(saga)).isEqualTo(42);
    }

    @Test
    void a_callback_past_the_pivot_that_is_late_failed_or_unreadable_yields_the_value() {
        inNewWorld(() -> assertFallsBack(() -> engine.advance(A_DAY)));
        inNewWorld(() -> assertFallsBack(
                () -> assertThat(engine.fail(callback("answer"), "nobody home")).isEqualTo(CallbackAnswer.ACCEPTED)));
        inNewWorld(() -> assertFallsBack(() -> complete("answer", "a lot")));
    }

    @Test
    void a_poll_past_the_pivot_that_runs_out_or_is_rejected_yields_the_value() {
        for (Fault fault : List.of(Fault.FAILS, Fault.REJECTS)) {
            inNewWorld(() -> {
                Saga<String, String> saga = afterPivot()
                        .poll(NOTIFY, Polling.every(TEN_SECONDS, 2).orElse("nothing"), world.finds("parcel", 3))
                        .returning(String.class, s -> s.result(NOTIFY));
                world.always("parcel", fault);
                start(saga);
                engine.advance(TEN_SECONDS);

                assertThat(completed(saga)).isEqualTo("nothing");
                assertThat(world.effects()).containsExactly("reserve");
            });
        }
    }

    @Test
    void a_notification_past_the_pivot_that_fails_is_parked() {
        Saga<String, Integer> saga = asking();
        world.plan("ask", Fault.FAILS);
        start(saga);

        assertThat(parked(saga).path()).isEqualTo("answer");
        decide(saga, new Decision.Retry());
        complete("answer", "7");
        assertThat(completed(saga)).isEqualTo(7);
        assertThat(world.effects()).containsExactly("reserve", "ask");
    }

    @Test
    void a_capture_past_the_pivot_that_fails_is_parked() {
        Saga<String, String> saga =
                afterPivot().capture(NOTIFY, world.reads("clock")).returning(String.class, s -> s.result(NOTIFY));
        world.plan("clock", Fault.FAILS);
        start(saga);
        assertThat(parked(saga).path()).isEqualTo("notify");
        decide(saga, new Decision.Retry());

        assertThat(completed(saga)).isEqualTo("read clock");
        assertThat(world.effects()).containsExactly("reserve");
    }

    @Test
    void sleeps_and_captures_past_the_pivot_are_as_before_it() {
        Saga<String, String> saga = afterPivot()
                .capture(NOTIFY, world.reads("clock"))
                .sleep("nap", TEN_SECONDS)
                .step(SHIP, world.does("ship"))
                .returning(String.class, s -> s.result(NOTIFY));
        start(saga);
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("read clock");
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED",
                        "CAPTURE notify COMPLETED",
                        "SLEEP nap COMPLETED",
                        "ACTION ship COMPLETED");
    }

    private void assertCauseIsTheFirstInDefinitionOrder() {
        StepKey<String> label = StepKey.of("label", String.class);
        List<String> parcels =
                IntStream.range(10, 22).mapToObj(Integer::toString).toList();
        Saga<String, String> saga = afterPivot()
                .forEach(
                        "parcels",
                        Bound.atMost(12).concurrently(12),
                        s -> parcels,
                        parcel -> parcel,
                        parcel -> parcel.step(label, world.doesEach("label")).step(SHIP, world.doesEach("ship")))
                .returning(String.class, s -> s.results(SHIP).toString());
        parcels.forEach(parcel -> world.plan("label[" + parcel + "]", Fault.REJECTS));
        start(saga);
        List<String> backwards = new ArrayList<>(parcels);
        Collections.reverse(backwards);
        for (String parcel : backwards) {
            skip(saga, "parcels[" + parcel + "]/label");
        }

        SagaResult.Stuck<String> result = stuck(saga);
        assertThat(result.cause()).isEqualTo(new Cause("parcels[10]/label", says("label[10]")));
        assertThat(states(result.open()).stream().filter(state -> state.endsWith("SKIPPED")))
                .containsExactlyElementsOf(parcels.stream()
                        .map(parcel -> "parcels[" + parcel + "]/label SKIPPED")
                        .toList());
        assertThat(world.effects()).hasSize(13).contains("ship[10]", "ship[21]");
    }

    /** Of several things that the execution is parked on, leaves this one. */
    private void skip(Saga<String, String> saga, String path) {
        SagaStatus<String> status = engine.status(saga, NAME);
        assertThat(status).isInstanceOf(SagaStatus.Parked.class);
        String id = ((SagaStatus.Parked<String>) status)
                .decisions().stream()
                        .filter(decision -> decision.path().equals(path))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(path + " is not parked: " + status))
                        .id();
        assertThat(engine.decide(id, new Decision.Skip("nobody needs it"))).isEqualTo(CallbackAnswer.ACCEPTED);
        engine.settle();
    }

    private void assertFallsBack(Runnable end) {
        Saga<String, Integer> saga = asking();
        start(saga);
        assertWaiting(saga);
        end.run();
        engine.settle();
        assertThat(completed(saga)).isEqualTo(-1);
        assertThat(world.effects()).containsExactly("reserve", "ask");
    }

    private AfterPivot<String> afterPivot() {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .pivot(Parking.park(A_DAY));
    }

    private Saga<String, Integer> asking() {
        return afterPivot()
                .await(ANSWER, Within.within(A_DAY).orElse(-1), world.sends("ask"))
                .returning(Integer.class, s -> s.result(ANSWER));
    }

    private EffectReport standing(String path) {
        return new EffectReport(
                path,
                EffectReport.Action.COMPLETED,
                State.STANDING,
                actionKey(path),
                undoKey(path),
                1,
                0,
                (Failure) null,
                null);
    }
}
