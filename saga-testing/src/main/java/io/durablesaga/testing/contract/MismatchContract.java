package io.durablesaga.testing.contract;

import static io.durablesaga.Undo.undo;
import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Bound;
import io.durablesaga.Parking;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A definition that does not match the records: halted, nothing runs, nothing is undone, until the old one is back. */
abstract class MismatchContract extends SubjectContract {
    private static final StepKey<String> BOOK = StepKey.of("book", String.class);

    @Test
    void a_renamed_step_halts() {
        assertHalts(
                saga().step(BOOK, world.does("book"), world.undoes("book"))
                        .step(CHARGE, world.does("charge"), world.undoes("charge")),
                "reserve",
                "book");
    }

    @Test
    void a_step_that_became_a_sleep_halts() {
        assertHalts(
                saga().sleep("reserve", TEN_SECONDS).step(CHARGE, world.does("charge"), world.undoes("charge")),
                "reserve",
                "sleep|wait");
    }

    @Test
    void a_step_that_became_a_capture_halts() {
        assertHalts(
                saga().capture(RESERVE, world.reads("reserve"))
                        .step(CHARGE, world.does("charge"), world.undoes("charge")),
                "reserve",
                "capture");
    }

    @Test
    void steps_in_another_order_halt() {
        assertHalts(
                saga().step(CHARGE, world.does("charge"), world.undoes("charge"))
                        .step(RESERVE, world.does("reserve"), world.undoes("reserve")),
                "reserve",
                "charge");
    }

    @Test
    void a_step_in_front_of_a_recorded_one_halts() {
        assertHalts(
                saga().step(BOOK, world.does("book"), world.undoes("book"))
                        .step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                        .step(CHARGE, world.does("charge"), world.undoes("charge")),
                "reserve",
                "book");
    }

    @Test
    void a_recorded_step_that_is_gone_halts() {
        assertHalts(saga().step(CHARGE, world.does("charge"), world.undoes("charge")), "reserve", "charge");
    }

    @Test
    void a_result_that_does_not_read_as_its_new_type_halts() {
        StepKey<Integer> number = StepKey.of("reserve", Integer.class);
        assertHalts(
                saga().step(number, s -> 1, undo((s, effect) -> world.undo("reserve", s, effect)))
                        .step(CHARGE, world.does("charge"), world.undoes("charge")),
                "reserve",
                "integer");
    }

    @Test
    void a_list_of_items_in_another_order_halts() {
        List<String> items = new ArrayList<>(List.of("a", "b"));
        Saga<String, String> saga = saga().forEach(
                        "rooms",
                        Bound.atMost(2),
                        s -> List.copyOf(items),
                        room -> room,
                        room -> room.step(BOOK, world.doesEach("book"), world.undoesEach("book")))
                .sleep("nap", TEN_SECONDS)
                .returning(String.class, s -> s.results(BOOK).toString());
        start(saga);
        Collections.reverse(items);
        restart();
        engine.advance(TEN_SECONDS);

        assertHalted(saga, "rooms\\[a\\]", "rooms\\[b\\]");
        Collections.reverse(items);
        restart();
        assertThat(completed(saga)).isEqualTo("{a=did book[a], b=did book[b]}");
        assertThat(world.attempts()).containsExactly("book[a]#1", "book[b]#1");
    }

    @Test
    void a_condition_that_goes_the_other_way_halts() {
        AtomicBoolean far = new AtomicBoolean(true);
        Saga<String, String> saga = saga().when(
                        "far",
                        s -> far.get(),
                        then -> then.step(BOOK, world.does("book"), world.undoes("book")),
                        not -> not.step(CHARGE, world.does("charge"), world.undoes("charge")))
                .sleep("nap", TEN_SECONDS)
                .returning(String.class, s -> s.find(BOOK).toString());
        start(saga);
        far.set(false);
        restart();
        engine.advance(TEN_SECONDS);

        assertHalted(saga, "far/book", "far/charge");
        assertThat(world.effects()).containsExactly("book");
    }

    @Test
    void a_step_where_branches_were_recorded_halts_and_does_not_run() {
        Saga<String, String> branches = twoBranches();
        start(branches);
        Saga<String, String> steps = saga().step(BOOK, world.does("book"), world.undoes("book"))
                .sleep("nap", TEN_SECONDS)
                .returning(String.class, s -> s.result(BOOK));
        redefine(steps);
        engine.advance(TEN_SECONDS);

        assertHalted(steps, "both/left/reserve", "book");
        assertThat(world.effects()).containsExactlyInAnyOrder("reserve", "charge");
        redefine(branches);
        engine.advance(TEN_SECONDS);
        assertThat(completed(branches)).isEqualTo("did charge");
    }

    @Test
    void branches_where_a_step_was_recorded_halt_and_do_not_run() {
        Saga<String, String> step = saga().step(BOOK, world.does("book"), world.undoes("book"))
                .sleep("nap", TEN_SECONDS)
                .returning(String.class, s -> s.result(BOOK));
        start(step);
        Saga<String, String> branches = twoBranches();
        redefine(branches);
        engine.advance(TEN_SECONDS);

        assertHalted(branches, "both/left", "book");
        assertThat(world.effects()).containsExactly("book");
    }

    private Saga<String, String> twoBranches() {
        return saga().parallel(
                        "both",
                        p -> p.branch(
                                        "left",
                                        b -> b.step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                                                .sleep("left-nap", TEN_SECONDS))
                                .branch(
                                        "right",
                                        b -> b.step(CHARGE, world.does("charge"), world.undoes("charge"))
                                                .sleep("right-nap", TEN_SECONDS)))
                .returning(String.class, s -> s.result(CHARGE));
    }

    @Test
    void what_comes_after_the_records_may_change() {
        start(before());
        Saga<String, String> changed = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(CHARGE, world.does("charge"), world.undoes("charge"))
                .sleep("nap", TEN_SECONDS)
                .step(BOOK, world.does("book"), world.undoes("book"))
                .returning(String.class, s -> s.result(BOOK));
        redefine(changed);
        engine.advance(TEN_SECONDS);

        assertThat(completed(changed)).isEqualTo("did book");
        assertThat(world.effects()).containsExactly("reserve", "charge", "book");
    }

    @Test
    void an_unwind_halts_too_and_undoes_nothing_more() {
        Saga<String, String> old = parking(RESERVE);
        world.plan("ship", Fault.REJECTS);
        world.plan("undo charge", Fault.FAILS);
        start(old);
        assertThat(parked(old).path()).isEqualTo("charge");
        Saga<String, String> changed = parking(BOOK);
        String decision = parked(old).id();
        redefine(changed);
        engine.decide(decision, new Decision.Retry());
        engine.settle();

        assertHalted(changed, "reserve", "book");
        assertThat(world.effects()).containsExactly("reserve", "charge");

        redefine(old);
        assertThat(states(compensated(old).effects())).containsExactly("charge UNDONE", "reserve UNDONE");
        assertThat(world.effects()).containsExactly("reserve", "charge", "undo charge", "undo reserve");
    }

    @Test
    void an_execution_that_is_halted_does_not_hold_the_others() {
        start(before());
        Saga<String, String> changed = saga().step(BOOK, world.does("book"), world.undoes("book"))
                .returning(String.class, s -> s.result(BOOK));
        redefine(changed);
        engine.advance(TEN_SECONDS);
        engine.start(changed, "order-2", "books");
        engine.settle();

        assertHalted(changed, "reserve", "book");
        assertThat(completed(changed, "order-2")).isEqualTo("did book");
    }

    /** Two steps, a sleep and another step. */
    private Saga<String, String> before() {
        return after(saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(CHARGE, world.does("charge"), world.undoes("charge")));
    }

    private Saga<String, String> after(SagaBuilder<String> begun) {
        return begun.sleep("nap", TEN_SECONDS)
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
    }

    private Saga<String, String> parking(StepKey<String> first) {
        return saga().step(first, world.does("reserve"), world.undoes("reserve"))
                .step(
                        CHARGE,
                        world.does("charge"),
                        world.undoes(
                                undoing().retry(Retries.none()).onStuck(Parking.park(Duration.ofDays(1))), "charge"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
    }

    /** Another definition under the same name, and a new process that knows no other. */
    private void redefine(Saga<String, String> saga) {
        engine.register(saga);
        engine.settle();
        restart();
    }

    private void assertHalts(SagaBuilder<String> begun, String... bothSides) {
        Saga<String, String> old = before();
        start(old);
        assertWaiting(old);
        Saga<String, String> changed = after(begun);
        redefine(changed);
        engine.advance(TEN_SECONDS);
        assertHalted(changed, bothSides);
        engine.advance(Duration.ofDays(1));
        restart();
        assertHalted(changed, bothSides);
        assertThat(world.attempts()).containsExactly("reserve#1", "charge#1");
        assertThat(operations()).hasSize(3);

        redefine(old);
        assertThat(completed(old)).isEqualTo("did ship");
        assertThat(world.attempts()).containsExactly("reserve#1", "charge#1", "ship#1");
    }

    private void assertHalted(Saga<String, String> saga, String... bothSides) {
        SagaStatus<String> status = engine.status(saga, NAME);
        if (status instanceof SagaStatus.Halted<String> halted) {
            assertThat(bothSides)
                    .allSatisfy(side ->
                            assertThat(halted.reason().toLowerCase(Locale.ROOT)).containsPattern(side));
        } else {
            throw new AssertionError("not halted: " + status);
        }
    }
}
