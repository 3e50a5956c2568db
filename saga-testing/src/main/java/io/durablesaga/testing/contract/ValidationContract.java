package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.result.Cause;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Validating the input: before anything is recorded, and never again. */
abstract class ValidationContract extends SubjectContract {

    @Test
    void a_validation_that_refuses_records_nothing_and_does_nothing() {
        Saga<String, String> saga = saga().validate(input -> assertThat(input).isEqualTo("books"))
                .validate(input -> {
                    throw new IllegalArgumentException("we do not sell " + input);
                })
                .step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .returning(String.class, s -> s.result(RESERVE));
        start(saga);

        assertThat(compensated(saga))
                .isEqualTo(new SagaResult.Compensated<>(
                        "order",
                        new Cause(
                                "validate-2",
                                Failure.rejected(IllegalArgumentException.class.getName(), "we do not sell books")),
                        List.of()));
        assertThat(world.attempts()).isEmpty();
        assertThat(operations()).isEmpty();
    }

    @Test
    void a_refusal_stands_whatever_the_validation_would_say_later() {
        List<String> refused = new ArrayList<>(List.of("books"));
        Saga<String, String> saga = validated(refused);
        start(saga);
        assertThat(compensated(saga).cause().path()).isEqualTo("validate");

        refused.clear();
        restart();
        engine.start(saga, NAME, "books");
        engine.settle();
        assertThat(compensated(saga).cause().path()).isEqualTo("validate");
        assertThat(world.attempts()).isEmpty();
    }

    @Test
    void an_execution_that_has_begun_goes_on_whatever_the_validation_would_say_later() {
        for (Fault death : List.of(Fault.DIES, Fault.DIES_AFTER_EFFECT)) {
            inNewWorld(() -> {
                List<String> refused = new ArrayList<>();
                Saga<String, String> saga = validated(refused);
                world.plan("reserve", death);
                start(saga);
                refused.add("books");
                reopen();

                assertThat(completed(saga)).isEqualTo("did reserve");
                assertThat(world.effects()).containsExactly("reserve");
            });
        }
    }

    private Saga<String, String> validated(List<String> refused) {
        return saga().validate(input -> assertThat(refused).doesNotContain(input))
                .step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .returning(String.class, s -> s.result(RESERVE));
    }
}
