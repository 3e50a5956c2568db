package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Bound;
import io.durablesaga.ParallelBlock;
import io.durablesaga.Parking;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.UndoOptions;
import io.durablesaga.View;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.Cause;
import io.durablesaga.result.SagaResult;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Undoing what ran at the same time: in reverse definition order, or at the same time too. */
abstract class ParallelUnwindContract extends SubjectContract {
    private static final StepKey<String> LEFT = StepKey.of("left", String.class);
    private static final StepKey<String> RIGHT = StepKey.of("right", String.class);
    private static final StepKey<String> SEAT = StepKey.of("seat", String.class);
    private static final StepKey<String> MEAL = StepKey.of("meal", String.class);
    private static final StepOptions TWICE = with().retry(Retries.every(TEN_SECONDS, 2));
    private static final UndoOptions UNDO_TWICE = undoing().retry(Retries.every(TEN_SECONDS, 2));

    @Test
    void members_are_undone_one_by_one_in_reverse_definition_order() {
        Saga<String, String> saga = both(TWICE, both -> {});
        world.plan("left", Fault.FAILS);
        world.plan("ship", Fault.REJECTS);
        world.plan("undo right", Fault.FAILS);
        start(saga);
        engine.advance(TEN_SECONDS);
        assertWaiting(saga);
        assertThat(world.effects()).containsExactly("reserve", "right", "left");

        engine.advance(TEN_SECONDS);
        assertThat(states(compensated(saga).effects()))
                .containsExactly("both/right UNDONE", "both/left UNDONE", "reserve UNDONE");
        assertThat(world.effects())
                .containsExactly("reserve", "right", "left", "undo right", "undo left", "undo reserve");
    }

    @Test
    void members_are_undone_at_the_same_time_on_request() {
        Saga<String, String> saga = both(TWICE, ParallelBlock::undoInParallel);
        world.plan("ship", Fault.REJECTS);
        world.plan("undo right", Fault.FAILS);
        start(saga);
        assertWaiting(saga);
        assertThat(world.effects()).contains("undo left").doesNotContain("undo right", "undo reserve");

        engine.advance(TEN_SECONDS);
        assertThat(states(compensated(saga).effects()))
                .containsExactlyInAnyOrder("both/right UNDONE", "both/left UNDONE", "reserve UNDONE");
        assertThat(world.effects()).endsWith("undo left", "undo right", "undo reserve");
    }

    @Test
    void branches_are_undone_at_the_same_time_on_request_each_in_reverse_order() {
        Saga<String, String> saga = trip(ParallelBlock::undoInParallel);
        world.plan("ship", Fault.REJECTS);
        world.plan("undo hotel", Fault.FAILS);
        start(saga);
        assertWaiting(saga);
        assertThat(world.effects())
                .containsSubsequence("undo meal", "undo seat")
                .doesNotContain("undo hotel");

        engine.advance(TEN_SECONDS);
        assertThat(states(compensated(saga).effects()))
                .containsExactlyInAnyOrder(
                        "trip/hotel UNDONE", "trip/fly/meal UNDONE", "trip/fly/seat UNDONE", "reserve UNDONE")
                .endsWith("reserve UNDONE");
        assertThat(world.standing()).isEmpty();
    }

    @Test
    void a_branch_that_fails_on_its_way_undoes_what_it_had_done() {
        Saga<String, String> saga = trip(both -> {});
        world.plan("meal", Fault.REJECTS);
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause()).isEqualTo(new Cause("trip/fly/meal", says("meal")));
        assertThat(states(result.effects()))
                .containsExactly("trip/hotel UNDONE", "trip/fly/seat UNDONE", "reserve UNDONE");
        assertThat(world.effects()).endsWith("undo hotel", "undo seat", "undo reserve");
    }

    @Test
    void groups_nest_and_unwind_from_the_inside_of_the_last() {
        Saga<String, String> saga = saga().parallel(
                        "outer",
                        outer -> outer.branch(
                                        "rooms",
                                        rooms -> rooms.forEach(
                                                "each",
                                                Bound.atMost(2),
                                                s -> List.of("x", "y"),
                                                room -> room,
                                                room -> room.step(
                                                        SEAT, world.doesEach("seat"), world.undoesEach("seat"))))
                                .branch(
                                        "inner",
                                        inner -> inner.parallel(
                                                "both",
                                                both -> both.step(LEFT, world.does("left"), world.undoes("left"))
                                                        .step(RIGHT, world.does("right"), world.undoes("right")))))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(LEFT) + s.results(SEAT));
        world.plan("ship", Fault.REJECTS);
        start(saga);

        assertThat(states(compensated(saga).effects()))
                .containsExactly(
                        "outer/inner/both/right UNDONE",
                        "outer/inner/both/left UNDONE",
                        "outer/rooms/each[y]/seat UNDONE",
                        "outer/rooms/each[x]/seat UNDONE");
        assertThat(world.effects()).endsWith("undo right", "undo left", "undo seat[y]", "undo seat[x]");
        assertThat(world.effects()).hasSize(8).containsSubsequence("seat[x]", "seat[y]");
        assertThat(operations()).hasSize(9);
    }

    @Test
    void a_member_whose_undo_fails_does_not_hold_its_siblings_only_what_came_before() {
        for (boolean atOnce : List.of(false, true)) {
            inNewWorld(() -> {
                Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                        .parallel("both", both -> {
                            both.step(LEFT, world.does("left"), world.undoes("left"))
                                    .step(
                                            RIGHT,
                                            world.does("right"),
                                            world.undoes(
                                                    undoing()
                                                            .retry(Retries.none())
                                                            .holdsEarlier(),
                                                    "right"));
                            if (atOnce) {
                                both.undoInParallel();
                            }
                        })
                        .step(SHIP, world.does("ship"), world.undoes("ship"))
                        .returning(String.class, s -> s.result(SHIP));
                world.plan("ship", Fault.REJECTS);
                world.plan("undo right", Fault.FAILS);
                start(saga);

                assertThat(states(stuck(saga).effects()))
                        .containsExactlyInAnyOrder("both/right NOT_UNDONE", "both/left UNDONE", "reserve HELD");
                assertThat(world.standing()).containsExactlyInAnyOrder("reserve", "right");
            });
        }
    }

    @Test
    void a_branch_whose_undo_fails_holds_what_came_before_the_group() {
        UndoOptions holding = undoing().retry(Retries.none()).holdsEarlier();
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .parallel(
                        "trip",
                        trip -> trip.branch(
                                        "fly",
                                        fly -> fly.step(SEAT, world.does("seat"), world.undoes("seat"))
                                                .step(MEAL, world.does("meal"), world.undoes(holding, "meal")))
                                .branch("wait", wait -> wait.sleep("nap", TEN_SECONDS))
                                .step(LEFT, world.does("left"), world.undoes("left"))
                                .undoInParallel())
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.REJECTS);
        world.plan("undo meal", Fault.FAILS);
        start(saga);
        engine.advance(TEN_SECONDS);

        assertThat(states(stuck(saga).effects()))
                .containsExactlyInAnyOrder(
                        "trip/left UNDONE", "trip/fly/meal NOT_UNDONE", "trip/fly/seat HELD", "reserve HELD");
        assertThat(world.standing()).containsExactlyInAnyOrder("reserve", "seat", "meal");
    }

    @Test
    void a_parked_member_is_decided_while_the_others_are_undone() {
        UndoOptions parking = undoing().retry(Retries.none()).onStuck(Parking.park(TEN_SECONDS));
        Saga<String, String> saga = saga().parallel(
                        "both",
                        both -> both.step(LEFT, world.does("left"), world.undoes(parking, "left"))
                                .step(RIGHT, world.does("right"), world.undoes("right"))
                                .undoInParallel())
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.REJECTS);
        world.plan("undo left", Fault.FAILS);
        start(saga);

        assertThat(parked(saga).path()).isEqualTo("both/left");
        assertThat(world.standing()).containsExactly("left");
        decide(saga, new Decision.Retry());
        assertThat(states(compensated(saga).effects()))
                .containsExactlyInAnyOrder("both/left UNDONE", "both/right UNDONE");
    }

    @Test
    void everything_of_a_parallel_that_failed_is_undone_whatever_failed() {
        Saga<String, String> saga = both(TWICE, both -> {});
        world.plan("left", Fault.REJECTS);
        world.plan("right", Fault.FAILS_AFTER_EFFECT);
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().path()).isEqualTo("both/left");
        assertThat(states(result.effects())).containsExactly("both/right UNDONE", "reserve UNDONE");
        assertThat(world.standing()).isEmpty();
    }

    /** A step, two at the same time of which the first is attempted this way, and another one. */
    private Saga<String, String> both(
            StepOptions left, Consumer<ParallelBlock<String, View<String>, Scope<String>>> more) {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .parallel(
                        "both",
                        both -> more.accept(both.step(LEFT, left, world.does("left"), world.undoes("left"))
                                .step(RIGHT, world.does("right"), world.undoes(UNDO_TWICE, "right"))))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(LEFT) + ", " + s.result(RIGHT));
    }

    /** A step, a branch of two beside a single one, and another one. */
    private Saga<String, String> trip(Consumer<ParallelBlock<String, View<String>, Scope<String>>> more) {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .parallel(
                        "trip",
                        trip -> more.accept(trip.branch(
                                        "fly",
                                        fly -> fly.step(SEAT, world.does("seat"), world.undoes("seat"))
                                                .step(MEAL, world.does("meal"), world.undoes("meal")))
                                .step(
                                        StepKey.of("hotel", String.class),
                                        world.does("hotel"),
                                        world.undoes(UNDO_TWICE, "hotel"))))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
    }
}
