package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Bound;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.result.Cause;
import io.durablesaga.result.SagaResult;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same nodes per item: one after the other or some at once, undone item by item in reverse. */
abstract class ForEachContract extends SubjectContract {
    private static final StepKey<String> BOOK = StepKey.of("book", String.class);
    private static final StepKey<String> PAY = StepKey.of("pay", String.class);

    @Test
    void items_run_one_after_the_other_and_what_follows_sees_their_results_in_order() {
        Saga<String, String> saga = rooms(Bound.atMost(3), List.of("c", "a", "b"));
        world.plan("book[c]", Fault.FAILS);
        start(saga);
        assertWaiting(saga);
        assertThat(world.attempts()).containsExactly("book[c]#1");

        engine.advance(TEN_SECONDS);
        assertThat(completed(saga)).isEqualTo("{c=did book[c], a=did book[a], b=did book[b]}");
        assertThat(world.effects()).containsExactly("book[c]", "book[a]", "book[b]", "ship");
    }

    @Test
    void items_are_undone_last_first() {
        Saga<String, String> saga = roomsOfTwo(Bound.atMost(2));
        world.plan("ship", Fault.REJECTS);
        start(saga);

        assertThat(states(compensated(saga).effects()))
                .containsExactly(
                        "rooms[b]/pay UNDONE", "rooms[b]/book UNDONE", "rooms[a]/pay UNDONE", "rooms[a]/book UNDONE");
        assertThat(world.effects())
                .endsWith("undo pay[b]", "undo book[b]", "undo pay[a]", "undo book[a]")
                .hasSize(8);
    }

    @Test
    void an_item_that_fails_keeps_later_ones_from_starting() {
        Saga<String, String> saga = rooms(Bound.atMost(3), List.of("a", "b", "c"));
        world.plan("book[b]", Fault.REJECTS);
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause()).isEqualTo(new Cause("rooms[b]/book", says("book[b]")));
        assertThat(states(result.effects())).containsExactly("rooms[a]/book UNDONE");
        assertThat(world.effects()).containsExactly("book[a]", "undo book[a]");
        assertThat(operations())
                .containsExactly(
                        "ACTION rooms[a]/book COMPLETED",
                        "ACTION rooms[b]/book FAILED",
                        "UNDO undo:rooms[a]/book COMPLETED");
    }

    @Test
    void as_many_items_run_at_once_as_asked_and_the_next_waits_for_the_oldest() {
        Saga<String, String> saga = rooms(Bound.atMost(4).concurrently(2), List.of("a", "b", "c", "d"));
        world.plan("book[a]", Fault.FAILS);
        world.plan("book[d]", Fault.FAILS);
        start(saga);
        assertWaiting(saga);
        assertThat(world.effects()).containsExactly("book[b]");
        assertThat(world.attempts()).containsExactlyInAnyOrder("book[a]#1", "book[b]#1");

        engine.advance(TEN_SECONDS);
        assertWaiting(saga);
        assertThat(world.effects()).startsWith("book[b]", "book[a]").contains("book[c]");
        engine.advance(TEN_SECONDS);
        assertThat(completed(saga)).isEqualTo("{a=did book[a], b=did book[b], c=did book[c], d=did book[d]}");
        assertThat(operations()).hasSize(5);
    }

    @Test
    void an_item_that_fails_among_others_keeps_later_ones_from_starting_and_the_others_end() {
        Saga<String, String> saga = rooms(Bound.atMost(4).concurrently(2), List.of("a", "b", "c", "d"));
        world.plan("book[a]", Fault.REJECTS);
        world.plan("book[b]", Fault.FAILS, Fault.NONE);
        start(saga);
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause()).isEqualTo(new Cause("rooms[a]/book", says("book[a]")));
        assertThat(states(result.effects())).containsExactly("rooms[b]/book UNDONE");
        assertThat(world.effects()).containsExactly("book[b]", "undo book[b]");
    }

    @Test
    void items_of_several_nodes_run_at_once_and_are_undone_last_first() {
        Saga<String, String> saga = roomsOfTwo(Bound.atMost(2).concurrently(2));
        world.plan("ship", Fault.REJECTS);
        start(saga);

        assertThat(states(compensated(saga).effects()))
                .containsExactly(
                        "rooms[b]/pay UNDONE", "rooms[b]/book UNDONE", "rooms[a]/pay UNDONE", "rooms[a]/book UNDONE");
        assertThat(world.effects())
                .containsSubsequence("book[a]", "pay[a]")
                .containsSubsequence("book[b]", "pay[b]")
                .endsWith("undo pay[b]", "undo book[b]", "undo pay[a]", "undo book[a]");
    }

    @Test
    void items_are_undone_at_the_same_time_on_request() {
        Saga<String, String> saga = roomsOfTwo(Bound.atMost(2).concurrently(2).undoingInParallel());
        world.plan("ship", Fault.REJECTS);
        world.plan("undo pay[b]", Fault.FAILS);
        start(saga);
        assertWaiting(saga);
        assertThat(world.effects())
                .containsSubsequence("undo pay[a]", "undo book[a]")
                .doesNotContain("undo pay[b]", "undo book[b]");

        engine.advance(TEN_SECONDS);
        assertThat(states(compensated(saga).effects())).hasSize(4).allMatch(state -> state.endsWith("UNDONE"));
        assertThat(world.effects()).endsWith("undo pay[b]", "undo book[b]");
    }

    @Test
    void more_items_at_once_than_any_engine_has_threads_all_go_on() {
        List<String> items = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
        Saga<String, String> saga = saga().forEach(
                        "rooms",
                        Bound.atMost(100).concurrently(100),
                        s -> items,
                        room -> room,
                        room -> room.step(BOOK, world.doesEach("book"), world.undoesEach("book"))
                                .sleep("nap", TEN_SECONDS)
                                .step(PAY, world.doesEach("pay"), world.undoesEach("pay")))
                .returning(String.class, s -> "paid " + s.results(PAY).size());
        start(saga);
        assertWaiting(saga);
        assertThat(world.effects()).hasSize(100);
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("paid 100");
        assertThat(operations()).hasSize(300);
    }

    @Test
    void results_hold_only_the_items_that_completed_the_step() {
        Saga<String, String> saga = saga().forEach(
                        "rooms",
                        Bound.atMost(3),
                        s -> List.of("a", "b", "c"),
                        room -> room,
                        room -> room.step(BOOK, world.doesEach("book"), world.undoesEach("book"))
                                .when(
                                        "paid",
                                        s -> !s.item().equals("b"),
                                        paid -> paid.step(
                                                PAY, s -> s.result(BOOK) + " and paid", world.undoesEach("pay"))))
                .returning(
                        String.class,
                        s -> s.results(PAY) + ", " + s.results(SHIP) + ", "
                                + s.find(PAY).isPresent());
        start(saga);

        assertThat(completed(saga)).isEqualTo("{a=did book[a] and paid, c=did book[c] and paid}, {}, false");
    }

    @Test
    void results_of_items_inside_branches_and_items_are_seen_by_what_follows() {
        Saga<String, String> saga = saga().parallel(
                        "both",
                        both -> both.step(SHIP, world.does("ship"), world.undoes("ship"))
                                .branch(
                                        "branch",
                                        branch -> branch.forEach(
                                                "rooms",
                                                Bound.atMost(2),
                                                s -> List.of("a", "b"),
                                                room -> room,
                                                room -> room.step(
                                                        BOOK, world.doesEach("book"), world.undoesEach("book")))))
                .forEach(
                        "floors",
                        Bound.atMost(2),
                        s -> List.of("x", "y"),
                        floor -> floor,
                        floor -> floor.forEach(
                                "doors",
                                Bound.atMost(2),
                                s -> List.of(s.item() + "1", s.item() + "2"),
                                door -> door,
                                door -> door.step(PAY, world.doesEach("pay"), world.undoesEach("pay"))))
                .returning(
                        String.class,
                        s -> s.results(BOOK) + ", " + s.results(PAY).values());
        start(saga);

        assertThat(completed(saga))
                .isEqualTo("{a=did book[a], b=did book[b]}, [did pay[x1], did pay[x2], did pay[y1], did pay[y2]]");
        assertThat(world.key(NAME, "pay[y1]")).isEqualTo(actionKey("floors[y]/doors[y1]/pay"));
    }

    @Test
    void items_that_ran_one_after_the_other_are_undone_so_whatever_the_bound_asks() {
        Saga<String, String> saga = roomsOfTwo(Bound.atMost(2).undoingInParallel());
        world.plan("ship", Fault.REJECTS);
        world.plan("undo pay[b]", Fault.FAILS);
        start(saga);
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        assertThat(states(compensated(saga).effects())).hasSize(4);
        assertThat(world.effects()).endsWith("undo pay[b]", "undo book[b]", "undo pay[a]", "undo book[a]");
    }

    @Test
    void items_that_are_not_text_keep_their_type_and_have_keys_of_their_own() {
        Saga<String, String> saga = saga().forEach(
                        "rooms",
                        Bound.atMost(2),
                        s -> List.of(s.input().length(), 7),
                        number -> "n" + number,
                        number -> number.step(BOOK, s -> world.act("book " + (s.item() + 1), s), world.undoes("none")))
                .returning(String.class, s -> s.results(BOOK).toString());
        start(saga);

        assertThat(completed(saga)).isEqualTo("{n5=did book 6, n7=did book 8}");
        assertThat(world.key(NAME, "book 6")).isEqualTo(actionKey("rooms[n5]/book"));
        assertThat(world.key(NAME, "book 8")).isEqualTo(actionKey("rooms[n7]/book"));
    }

    @Test
    void each_item_has_its_own_retries_and_its_own_outcome() {
        Saga<String, String> saga = rooms(Bound.atMost(2), List.of("a", "b"));
        world.plan("book[a]", Fault.FAILS);
        world.plan("book[b]", Fault.FAILS, Fault.REJECTS);
        start(saga);
        engine.advance(TEN_SECONDS);
        engine.advance(TEN_SECONDS);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause())
                .isEqualTo(new Cause("rooms[b]/book", says("book[b]").asUnknown()));
        assertThat(states(result.effects())).containsExactly("rooms[b]/book UNDONE", "rooms[a]/book UNDONE");
    }

    /** A room per item, and another step. */
    private Saga<String, String> rooms(Bound bound, List<String> items) {
        return saga().forEach(
                        "rooms",
                        bound,
                        s -> items,
                        room -> room,
                        room -> room.step(
                                BOOK,
                                with().retry(Retries.every(TEN_SECONDS, 2)),
                                world.doesEach("book"),
                                world.undoesEach("book")))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.results(BOOK).toString());
    }

    /** Two steps for each of two rooms, and another step. */
    private Saga<String, String> roomsOfTwo(Bound bound) {
        return saga().forEach(
                        "rooms",
                        bound,
                        s -> List.of("a", "b"),
                        room -> room,
                        room -> room.step(BOOK, world.doesEach("book"), world.undoesEach("book"))
                                .step(
                                        PAY,
                                        world.doesEach("pay"),
                                        world.undoesEach(undoing().retry(Retries.every(TEN_SECONDS, 2)), "pay")))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.results(PAY).toString());
    }
}
