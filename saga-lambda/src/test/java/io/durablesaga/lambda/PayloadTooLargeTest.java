package io.durablesaga.lambda;

import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.lambda.service.ExecutionView;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.Operation;

/** Functions that are to be invoked with more than can be recorded. */
class PayloadTooLargeTest extends FunctionTest {
    private static final StepKey<String> A = StepKey.of("a", String.class);
    private static final StepKey<String> B = StepKey.of("b", String.class);

    @Test
    void an_invocations_payload_that_does_not_fit_into_a_record_unwinds_the_saga() {
        Saga<String, String> saga = SagaBuilder.saga("pair", String.class)
                .step(A, s -> call("a"), undo((s, effect) -> call("undo a")))
                .invoke(B, "other:1", v -> "é".repeat(131_072), undo((s, effect) -> call("undo b")))
                .step(StepKey.of("c", String.class), s -> call("c"), undo((s, effect) -> call("undo c")))
                .returning(String.class, v -> v.result(B));

        ExecutionView view = run(saga, "\"\"");

        assertThat(view.result()).contains("\"compensated\"", "payload too large");
        assertThat(calls).containsExactly("a", "undo b", "undo a");
        assertThat(view.operations()).extracting(Operation::name).containsExactly("a", "failed:b", "undo:b", "undo:a");
    }
}
