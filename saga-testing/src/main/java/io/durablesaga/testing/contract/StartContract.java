package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Starting: a name stands for one execution of one input. */
abstract class StartContract extends SubjectContract {

    @Test
    void the_same_name_and_input_again_is_the_same_execution() {
        Saga<String, String> saga = order();
        start(saga);
        String id = engine.id(NAME);
        engine.start(saga, NAME, "books");
        engine.settle();

        assertThat(engine.id(NAME)).isEqualTo(id);
        assertThat(completed(saga)).isEqualTo("did reserve, did charge, did ship");
        assertThat(world.attempts()).containsExactly("reserve#1", "charge#1", "ship#1");
    }

    @Test
    void the_same_name_and_input_while_it_waits_starts_nothing() {
        Saga<String, String> saga = sleeping();
        start(saga);
        engine.advance(TEN_SECONDS.minusSeconds(1));
        engine.start(saga, NAME, "books");
        engine.settle();
        assertWaiting(saga);
        assertThat(operations()).hasSize(2);
        engine.advance(Duration.ofSeconds(1));

        assertThat(completed(saga)).isEqualTo("did ship");
        assertThat(world.attempts()).containsExactly("reserve#1", "ship#1");
    }

    @Test
    void the_same_name_and_input_after_a_crash_is_the_same_execution() {
        Saga<String, String> saga = sleeping();
        start(saga);
        String id = engine.id(NAME);
        restart();
        engine.start(saga, NAME, "books");
        engine.settle();
        engine.advance(TEN_SECONDS);
        restart();
        engine.start(saga, NAME, "books");
        engine.settle();

        assertThat(engine.id(NAME)).isEqualTo(id);
        assertThat(completed(saga)).isEqualTo("did ship");
        assertThat(world.attempts()).containsExactly("reserve#1", "ship#1");
    }

    @Test
    void the_same_name_after_a_rollback_does_not_try_again() {
        Saga<String, String> saga = order();
        world.plan("charge", Fault.REJECTS);
        start(saga);
        engine.start(saga, NAME, "books");
        engine.settle();

        assertThat(compensated(saga).cause().path()).isEqualTo("charge");
        assertThat(world.effects()).containsExactly("reserve", "undo reserve");
    }

    @Test
    void the_same_name_with_another_input_is_refused_and_changes_nothing() {
        Saga<String, String> saga = sleeping();
        start(saga);
        assertThatThrownBy(() -> engine.start(saga, NAME, "shoes")).isInstanceOf(Exception.class);
        engine.advance(TEN_SECONDS);
        assertThat(completed(saga)).isEqualTo("did ship");
        assertThatThrownBy(() -> engine.start(saga, NAME, "shoes")).isInstanceOf(Exception.class);
        engine.settle();

        assertThat(completed(saga)).isEqualTo("did ship");
        assertThat(world.attempts()).containsExactly("reserve#1", "ship#1");
    }

    @Test
    void a_malformed_name_is_refused() {
        Saga<String, String> saga = order();
        engine.register(saga);
        for (String name : List.of("", " ", "a b", "a/b", "a.b", "a:b", "ä", "a\n", "x".repeat(65))) {
            assertThatThrownBy(() -> engine.start(saga, name, "books"))
                    .as("name '%s'", name)
                    .isInstanceOf(Exception.class);
        }
        engine.settle();

        assertThat(world.attempts()).isEmpty();
    }

    @Test
    void a_name_has_up_to_64_letters_digits_dashes_and_underscores() {
        Saga<String, String> saga = order();
        engine.register(saga);
        List<String> names = List.of("a", "7", "-", "_", "Order_7-b", "x".repeat(64));
        names.forEach(name -> engine.start(saga, name, "books"));
        engine.settle();

        assertThat(names).allSatisfy(name -> assertThat(completed(saga, name)).isNotEmpty());
    }

    @Test
    void executions_of_one_saga_are_apart() {
        Saga<String, String> saga = order();
        start(saga);
        engine.start(saga, "order-2", "books");
        engine.settle();

        assertThat(engine.id("order-2")).isNotEqualTo(engine.id(NAME));
        assertThat(world.effects()).containsExactly("reserve", "charge", "ship", "reserve", "charge", "ship");
        assertThat(world.key("order-2", "charge")).isNotEqualTo(world.key(NAME, "charge"));
    }

    private Saga<String, String> sleeping() {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .sleep("nap", TEN_SECONDS)
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
    }
}
