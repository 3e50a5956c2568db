package io.durablesaga.lambda;

import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What goes wrong around a body, and is nothing that it has done. */
class MachineryTest extends FunctionTest {
    private static final StepKey<String> A = StepKey.of("a", String.class);

    @Test
    void an_error_around_a_body_ends_the_invocation_and_not_the_step() {
        AtomicInteger failures = new AtomicInteger(1);
        settings = settings.clock(() -> {
            if (failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("Java heap space");
            }
            return service.now();
        });
        Saga<String, String> saga = SagaBuilder.saga("pair", String.class)
                .step(A, s -> call("a"), undo((s, effect) -> call("undo a")))
                .returning(String.class, v -> v.result(A));

        assertThat(run(saga, "\"\"").result()).contains("\"completed\"");
        assertThat(calls).containsExactly("a");
    }
}
