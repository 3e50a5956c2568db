package io.durablesaga.testing.contract;

import io.durablesaga.Bound;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Any durable record of a saga with groups breaks, while the other lines of control go on or have yet to begin. */
abstract class RecordCrashGroupContract extends StoryContract {
    private static final StepKey<String> LEFT = StepKey.of("left", String.class);
    private static final StepKey<String> RIGHT = StepKey.of("right", String.class);
    private static final StepKey<String> FIRST = StepKey.of("first", String.class);
    private static final StepKey<String> SECOND = StepKey.of("second", String.class);
    private static final StepKey<String> ROOM = StepKey.of("room", String.class);
    private static final StepKey<String> MEAL = StepKey.of("meal", String.class);

    @Test
    void groups_complete_whichever_record_breaks() {
        breakEachWrite(Story.of(this::group).concurrently());
    }

    @Test
    void groups_are_undone_whichever_record_breaks() {
        breakEachWrite(Story.of(failing("ship", this::group)).concurrently());
    }

    @Test
    void a_group_of_plain_members_is_undone_whichever_record_breaks() {
        breakEachWrite(Story.of(failing(
                        "right",
                        () -> saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                                .parallel(
                                        "both",
                                        both -> both.step(LEFT, world.does("left"), world.undoes("left"))
                                                .step(RIGHT, world.does("right"), world.undoes("right")))
                                .returning(String.class, s -> s.result(LEFT) + s.result(RIGHT))))
                .concurrently());
    }

    @Test
    void branches_with_pauses_are_undone_whichever_record_breaks() {
        breakEachWrite(Story.of(failing(
                        "ship",
                        () -> saga().parallel(
                                        "both",
                                        both -> both.branch(
                                                        "one",
                                                        one -> one.step(
                                                                        FIRST,
                                                                        world.does("first"),
                                                                        world.undoes("first"))
                                                                .sleep("nap", TEN_SECONDS)
                                                                .step(
                                                                        SECOND,
                                                                        world.does("second"),
                                                                        world.undoes("second")))
                                                .branch(
                                                        "other",
                                                        other -> other.step(
                                                                        LEFT, world.does("left"), world.undoes("left"))
                                                                .step(
                                                                        RIGHT,
                                                                        world.does("right"),
                                                                        world.undoes("right"))))
                                .step(SHIP, world.does("ship"), world.undoes("ship"))
                                .returning(String.class, s -> s.result(SHIP))))
                .concurrently());
    }

    @Test
    void a_group_that_is_undone_at_the_same_time_is_undone_whichever_record_breaks() {
        breakEachWrite(Story.of(failing(
                        "ship",
                        () -> saga().parallel(
                                        "both",
                                        both -> both.step(LEFT, world.does("left"), world.undoes("left"))
                                                .step(RIGHT, world.does("right"), world.undoes("right"))
                                                .undoInParallel())
                                .step(SHIP, world.does("ship"), world.undoes("ship"))
                                .returning(String.class, s -> s.result(SHIP))))
                .concurrentlyThereAndBack());
    }

    @Test
    void items_one_after_the_other_are_undone_whichever_write_breaks() {
        breakEachWrite(Story.of(failing("meal[b]", () -> rooms(Bound.atMost(2)))));
    }

    @Test
    void items_at_the_same_time_are_undone_whichever_record_breaks() {
        breakEachWrite(Story.of(failing("meal[b]", () -> rooms(Bound.atMost(2).concurrently(2))))
                .concurrently());
    }

    @Test
    void items_at_the_same_time_complete_whichever_record_breaks() {
        breakEachWrite(Story.of(() -> rooms(Bound.atMost(2).concurrently(2))).concurrently());
    }

    private Supplier<Saga<String, String>> failing(String body, Supplier<Saga<String, String>> saga) {
        return () -> {
            world.always(body, Fault.FAILS_AFTER_EFFECT);
            return saga.get();
        };
    }

    private Saga<String, String> rooms(Bound bound) {
        return saga().forEach(
                        "rooms",
                        bound,
                        s -> List.of("a", "b"),
                        item -> item,
                        item -> item.step(ROOM, world.doesEach("room"), world.undoesEach("room"))
                                .step(MEAL, world.doesEach("meal"), world.undoesEach("meal")))
                .returning(String.class, s -> s.results(ROOM).toString());
    }
}
