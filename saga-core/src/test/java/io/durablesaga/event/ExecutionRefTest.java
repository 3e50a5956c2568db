package io.durablesaga.event;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

/** An event says which execution it is of. */
class ExecutionRefTest {
    @Test
    void every_part_is_required() {
        assertThatNullPointerException()
                .isThrownBy(() -> new ExecutionRef(null, "id", "name"))
                .withMessage("saga");
        assertThatNullPointerException()
                .isThrownBy(() -> new ExecutionRef("saga", null, "name"))
                .withMessage("id");
        assertThatNullPointerException()
                .isThrownBy(() -> new ExecutionRef("saga", "id", null))
                .withMessage("name");
    }

    @Test
    void a_listener_may_hear_nothing() {
        SagaEvent event = new SagaEvent.Started(new ExecutionRef("saga", "id", "name"));

        assertThatCode(() -> SagaListener.none().on(event)).doesNotThrowAnyException();
    }
}
