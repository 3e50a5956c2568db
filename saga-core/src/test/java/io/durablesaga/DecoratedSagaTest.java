package io.durablesaga;

import static io.durablesaga.Undo.nothingToUndo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DecoratedSagaTest {
    private static Saga<String, String> saga(String inner) {
        StepKey<String> step = StepKey.of(inner, String.class);
        return SagaBuilder.saga("order", String.class)
                .when("express", s -> true, then -> then.step(step, s -> "done", nothingToUndo("a test")))
                .returning(String.class, s -> "all");
    }

    @Test
    void every_node_is_listed_in_definition_order_with_those_within_others() {
        assertThat(saga("ship").everyNode()).extracting(Node::name).containsExactly("express", "ship");
    }

    @Test
    void a_saga_with_the_same_nodes_takes_the_place_of_another() {
        Saga<String, String> saga = saga("ship");

        assertThat(saga.decorated(saga("ship").nodes(), view -> "other").everyNode())
                .extracting(Node::name)
                .containsExactly("express", "ship");
    }

    @Test
    void a_saga_is_not_decorated_with_other_nodes_however_deep_they_lie() {
        assertThatThrownBy(() -> saga("ship").decorated(saga("fly").nodes(), view -> "other"))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessageContaining("Step fly")
                .hasMessageContaining("Step ship");
    }
}
