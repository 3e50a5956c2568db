package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.ParallelBlock;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.UndoOptions;
import io.durablesaga.View;
import io.durablesaga.result.Cause;
import io.durablesaga.result.SagaResult;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Members at the same time: each runs to its own end, sees what came before, and is joined. */
abstract class ParallelContract extends SubjectContract {
    private static final StepKey<String> LEFT = StepKey.of("left", String.class);
    private static final StepKey<String> RIGHT = StepKey.of("right", String.class);
    private static final StepKey<String> SEAT = StepKey.of("seat", String.class);
    private static final StepOptions TWICE = with().retry(Retries.every(TEN_SECONDS, 2));
    private static final UndoOptions UNDO_TWICE = undoing().retry(Retries.every(TEN_SECONDS, 2));

    @Test
    void a_member_that_waits_does_not_hold_the_others() {
        Saga<String, String> saga = both(TWICE, both -> {});
        world.plan("left", Fault.FAILS);
        start(saga);
        assertWaiting(saga);
        assertThat(world.effects()).containsExactly("reserve", "right");

        engine.advance(TEN_SECONDS);
        assertThat(completed(saga)).isEqualTo("did left, did right");
        assertThat(world.effects()).containsExactly("reserve", "right", "left", "ship");
    }

    @Test
    void a_branch_of_one_step_is_one_operation_and_has_its_name_as_one_of_several_has() {
        Saga<String, String> saga = saga().parallel(
                        "both",
                        both -> both.branch("way", b -> b.step(LEFT, world.does("left"), world.undoes("left")))
                                .step(RIGHT, world.does("right"), world.undoes("right")))
                .returning(String.class, s -> s.result(LEFT));
        start(saga);

        assertThat(completed(saga)).isEqualTo("did left");
        assertThat(operations())
                .containsExactlyInAnyOrder("ACTION both/way/left COMPLETED", "ACTION both/right COMPLETED");
    }

    @Test
    void siblings_of_a_member_that_failed_run_to_their_own_end_before_anything_is_undone() {
        Saga<String, String> saga = both(TWICE, both -> {});
        world.plan("right", Fault.REJECTS);
        world.plan("left", Fault.FAILS, Fault.NONE);
        start(saga);
        assertWaiting(saga);
        assertThat(world.effects()).containsExactly("reserve");

        engine.advance(TEN_SECONDS);
        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause()).isEqualTo(new Cause("both/right", says("right")));
        assertThat(states(result.effects())).containsExactly("both/left UNDONE", "reserve UNDONE");
        assertThat(world.effects()).containsExactly("reserve", "left", "undo left", "undo reserve");
        assertThat(operations())
                .containsExactlyInAnyOrder(
                        "ACTION reserve COMPLETED",
                        "ACTION both/left COMPLETED",
                        "ACTION both/right FAILED",
                        "UNDO undo:both/left COMPLETED",
                        "UNDO undo:reserve COMPLETED");
    }

    @Test
    void the_first_failure_in_definition_order_is_the_cause_whichever_came_first() {
        Saga<String, String> saga = both(TWICE, both -> {});
        world.plan("left", Fault.FAILS, Fault.FAILS);
        world.plan("right", Fault.REJECTS);
        start(saga);
        engine.advance(TEN_SECONDS);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause()).isEqualTo(new Cause("both/left", silent("left")));
        assertThat(states(result.effects())).containsExactly("both/left UNDONE", "reserve UNDONE");
    }

    @Test
    void siblings_never_see_each_other_and_what_follows_sees_all() {
        Saga<String, String> saga = saga().parallel(
                        "both",
                        both -> both.step(LEFT, world.does("left"), world.undoes("left"))
                                .branch(
                                        "later",
                                        later -> later.sleep("nap", TEN_SECONDS)
                                                .step(
                                                        RIGHT,
                                                        s -> "left seen: "
                                                                + s.find(LEFT).isPresent() + ", "
                                                                + world.act("right", s),
                                                        world.undoes("right"))
                                                .when(
                                                        "own",
                                                        s -> s.find(RIGHT).isPresent()
                                                                && s.find(LEFT).isEmpty(),
                                                        own -> own.step(
                                                                SHIP, world.does("ship"), world.undoes("ship")))))
                .returning(String.class, s -> s.result(LEFT) + ", " + s.result(RIGHT) + ", " + s.result(SHIP));
        start(saga);
        assertWaiting(saga);
        assertThat(world.effects()).containsExactly("left");
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("did left, left seen: false, did right, did ship");
    }

    @Test
    void a_branch_sees_what_had_completed_before_it() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .parallel(
                        "both",
                        both -> both.step(
                                        LEFT,
                                        s -> s.result(RESERVE) + ", " + world.act("left", s),
                                        world.undoes("left"))
                                .branch(
                                        "other",
                                        other -> other.step(SEAT, world.does("seat"), world.undoes("seat"))
                                                .step(
                                                        RIGHT,
                                                        s -> s.result(RESERVE) + ", " + s.result(SEAT),
                                                        world.undoes("right"))))
                .returning(String.class, s -> s.result(LEFT) + "; " + s.result(RIGHT));
        start(saga);

        assertThat(completed(saga)).isEqualTo("did reserve, did left; did reserve, did seat");
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
}
