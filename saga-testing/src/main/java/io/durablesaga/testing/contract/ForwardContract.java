package io.durablesaga.testing.contract;

import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.durablesaga.Bound;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.engine.EffectKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Going forward: what a saga without failures does, hands on and records. */
abstract class ForwardContract extends SubjectContract {
    private static final StepKey<String> ID = StepKey.of("id", String.class);
    private static final StepKey<String> BOOK = StepKey.of("book", String.class);

    /** What a step hands back. */
    record Quote(String of, int cents, Instant at) {}

    @Test
    void steps_run_in_order_and_record_one_operation_each() {
        Saga<String, String> saga = order();
        start(saga);

        assertThat(completed(saga)).isEqualTo("did reserve, did charge, did ship");
        assertThat(world.effects()).containsExactly("reserve", "charge", "ship");
        assertThat(world.attempts()).containsExactly("reserve#1", "charge#1", "ship#1");
        assertThat(operations())
                .containsExactly("ACTION reserve COMPLETED", "ACTION charge COMPLETED", "ACTION ship COMPLETED");
    }

    @Test
    void a_saga_may_yield_nothing() {
        Saga<String, @Nullable Void> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .returningNothing();
        start(saga);

        assertThat(completed(saga)).isNull();
        assertThat(world.effects()).containsExactly("reserve");
    }

    @Test
    void a_capture_is_one_operation_and_is_read_once() {
        Saga<String, String> saga = saga().capture(ID, world.reads("id"))
                .step(RESERVE, s -> s.result(ID) + ", " + world.act("reserve", s), world.undoes("reserve"))
                .returning(String.class, s -> s.result(ID) + ", " + s.result(RESERVE));
        start(saga);

        assertThat(completed(saga)).isEqualTo("read id, read id, did reserve");
        assertThat(world.attempts()).containsExactly("id#1", "reserve#1");
        assertThat(operations()).containsExactly("CAPTURE id COMPLETED", "ACTION reserve COMPLETED");
    }

    @Test
    void a_sleep_is_one_operation_and_lasts_its_time() {
        Saga<String, String> saga = saga().sleep("nap", TEN_SECONDS)
                .step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .returning(String.class, s -> s.result(RESERVE));
        start(saga);
        assertWaiting(saga);
        assertThat(operations()).containsExactly("SLEEP nap PENDING");

        engine.advance(Duration.ofSeconds(9));
        assertWaiting(saga);
        assertThat(world.attempts()).isEmpty();

        engine.advance(Duration.ofSeconds(1));
        assertThat(completed(saga)).isEqualTo("did reserve");
        assertThat(operations()).containsExactly("SLEEP nap COMPLETED", "ACTION reserve COMPLETED");
    }

    @Test
    void a_when_records_nothing_itself_and_goes_the_way_that_its_condition_says() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .when(
                        "costly",
                        s -> s.result(RESERVE).equals("did reserve"),
                        then -> then.step(CHARGE, world.does("charge"), world.undoes("charge")),
                        not -> not.step(BOOK, world.does("never"), world.undoes("never")))
                .when(
                        "cheap",
                        s -> s.input().isEmpty(),
                        then -> then.step(StepKey.of("gift", String.class), world.does("gift"), world.undoes("gift")))
                .when(
                        "far",
                        s -> s.find(BOOK).isPresent(),
                        then -> then.sleep("pause", TEN_SECONDS),
                        not -> not.step(SHIP, world.does("ship"), world.undoes("ship")))
                .returning(String.class, s -> s.result(CHARGE) + ", " + s.result(SHIP));
        start(saga);

        assertThat(completed(saga)).isEqualTo("did charge, did ship");
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED", "ACTION costly/charge COMPLETED", "ACTION far/ship COMPLETED");
    }

    @Test
    void a_validation_and_a_pivot_record_nothing() {
        Saga<String, String> saga = saga().validate(input -> assertThat(input).isEqualTo("books"))
                .step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .pivot()
                .step(SHIP, world.does("ship"))
                .returning(String.class, s -> s.result(SHIP));
        start(saga);

        assertThat(completed(saga)).isEqualTo("did ship");
        assertThat(operations()).containsExactly("ACTION reserve COMPLETED", "ACTION ship COMPLETED");
    }

    @Test
    void a_parallel_records_its_steps_and_nothing_else() {
        Saga<String, String> saga = saga().parallel(
                        "both",
                        both -> both.step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                                .capture(ID, world.reads("id"))
                                .branch(
                                        "shop",
                                        shop -> shop.step(CHARGE, world.does("charge"), world.undoes("charge"))
                                                .step(SHIP, world.does("ship"), world.undoes("ship"))))
                .returning(String.class, s -> s.result(RESERVE) + ", " + s.result(ID) + ", " + s.result(SHIP));
        start(saga);

        assertThat(completed(saga)).isEqualTo("did reserve, read id, did ship");
        assertThat(world.effects())
                .containsExactlyInAnyOrder("reserve", "charge", "ship")
                .containsSubsequence("charge", "ship");
        assertThat(operations())
                .containsExactlyInAnyOrder(
                        "ACTION both/reserve COMPLETED",
                        "CAPTURE both/id COMPLETED",
                        "ACTION both/shop/charge COMPLETED",
                        "ACTION both/shop/ship COMPLETED");
    }

    @Test
    void a_for_each_records_the_steps_of_its_items_and_nothing_else() {
        Saga<String, String> saga = saga().forEach(
                        "rooms",
                        Bound.atMost(3),
                        s -> List.of("a", "b"),
                        room -> room,
                        room -> room.step(BOOK, world.doesEach("book"), world.undoesEach("book"))
                                .capture(ID, s -> "id of " + s.item()))
                .forEach(
                        "none",
                        Bound.atMost(3),
                        s -> List.<String>of(),
                        none -> none,
                        none -> none.step(SHIP, world.doesEach("ship"), world.undoesEach("ship")))
                .returning(String.class, s -> s.results(ID).toString());
        start(saga);

        assertThat(completed(saga)).isEqualTo("{a=id of a, b=id of b}");
        assertThat(world.effects()).containsExactly("book[a]", "book[b]");
        assertThat(operations())
                .containsExactly(
                        "ACTION rooms[a]/book COMPLETED",
                        "CAPTURE rooms[a]/id COMPLETED",
                        "ACTION rooms[b]/book COMPLETED",
                        "CAPTURE rooms[b]/id COMPLETED");
    }

    @Test
    void a_value_is_handed_on_as_it_reads_back_from_its_record() {
        StepKey<Object> loose = StepKey.of("loose", Object.class);
        StepKey<List<String>> list = StepKey.of("list", new TypeReference<List<String>>() {});
        List<String> own = new ArrayList<>(List.of("as recorded"));
        Saga<String, String> saga = saga().step(
                        loose, s -> new Quote("books", 5, Instant.EPOCH), nothingToUndo("a quote binds nobody"))
                .capture(list, s -> own)
                .step(
                        RESERVE,
                        s -> {
                            own.set(0, "changed in memory");
                            s.result(list);
                            return s.result(loose) + ", " + s.result(list);
                        },
                        world.undoes("reserve"))
                .returning(String.class, s -> s.result(RESERVE));
        start(saga);

        assertThat(completed(saga)).isEqualTo("{of=books, cents=5, at=1970-01-01T00:00:00Z}, [as recorded]");
    }

    @Test
    void results_keep_their_types_also_generic_ones_and_null() {
        StepKey<List<Quote>> quotes = StepKey.of("quotes", new TypeReference<List<Quote>>() {});
        StepKey<@Nullable Void> told = StepKey.of("told");
        Saga<Quote, Quote> saga = SagaBuilder.saga("quote", Quote.class)
                .capture(quotes, s -> List.of(s.input()))
                .step(told, s -> null, nothingToUndo("it is only talk"))
                .returning(
                        Quote.class,
                        s -> new Quote(
                                s.result(told) == null ? "told nothing" : "told something",
                                s.result(quotes).get(0).cents() + 1,
                                s.result(quotes).get(0).at()));
        start(saga, new Quote("books", 5, Instant.parse("2026-01-02T03:04:05.678Z")));

        assertThat(completed(saga)).isEqualTo(new Quote("told nothing", 6, Instant.parse("2026-01-02T03:04:05.678Z")));
    }

    @Test
    void keys_derive_from_execution_path_and_direction() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .when("far", s -> true, far -> far.step(SHIP, world.does("ship"), world.undoes("ship")))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.FAILS_AFTER_EFFECT);
        start(saga);

        assertThat(world.key(NAME, "reserve")).isEqualTo(actionKey("reserve"));
        assertThat(world.key(NAME, "ship")).isEqualTo(actionKey("far/ship"));
        assertThat(world.key(NAME, "undo ship")).isEqualTo(undoKey("far/ship"));
        assertThat(world.key(NAME, "undo reserve")).isEqualTo(undoKey("reserve"));
        assertThat(EffectKeys.executionPartOf(world.key(NAME, "ship")))
                .contains(EffectKeys.executionPart(engine.id(NAME)));
    }

    @Test
    void a_body_sees_input_item_name_and_attempt() {
        List<String> seen = new ArrayList<>();
        Saga<String, String> saga = saga().forEach(
                        "rooms",
                        Bound.atMost(1),
                        s -> List.of("a"),
                        room -> room,
                        room -> room.step(
                                BOOK,
                                s -> {
                                    seen.add(s.input() + " " + s.item() + " " + s.executionName() + " " + s.attempt());
                                    return world.act("book", s);
                                },
                                undo((s, effect) -> world.undo("book", s, effect))))
                .returning(String.class, s -> s.input());
        start(saga);

        assertThat(completed(saga)).isEqualTo("books");
        assertThat(seen).containsExactly("books a order-1 1");
    }

    @Test
    void a_duration_is_never_shortened() {
        Saga<String, String> saga =
                saga().sleep("nap", Duration.ofMillis(1).plusNanos(1)).returning(String.class, s -> "slept");
        start(saga);
        engine.advance(Duration.ofMillis(1));

        assertWaiting(saga);
    }

    @Test
    void many_executions_run_side_by_side_each_with_keys_of_its_own() {
        Saga<String, String> saga = order();
        engine.register(saga);
        List<String> names = IntStream.range(0, 20).mapToObj(i -> "order-" + i).toList();
        names.forEach(name -> engine.start(saga, name, "books"));
        engine.settle();

        assertThat(names)
                .allSatisfy(name -> assertThat(completed(saga, name)).isEqualTo("did reserve, did charge, did ship"));
        assertThat(names.stream().map(engine::id)).doesNotHaveDuplicates();
        assertThat(names.stream().map(name -> world.key(name, "charge"))).doesNotHaveDuplicates();
        assertThat(world.effects()).hasSize(60);
    }
}
