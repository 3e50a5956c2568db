package io.durablesaga.lambda;

import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.StepRejected;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.lambda.durable.model.DurableExecutionOutput;

/** The errors by which executions of sagas fail. */
class SagaEndedTest extends FunctionTest {
    private static final ObjectMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final StepKey<String> A = StepKey.of("a", String.class);
    private static final StepKey<String> B = StepKey.of("b", String.class);

    @ParameterizedTest
    @ValueSource(strings = {"\"paid\"", "{\"sagaResult\":\"completed\",\"saga\":\"s\",\"value\":\"paid\"}", "{", ""})
    void a_function_that_fails_by_the_name_of_one_of_these_has_not_completed_whatever_its_data_says(String data) {
        ErrorObject error = ErrorObject.builder()
                .errorType("SagaStuck")
                .errorMessage("no")
                .errorData(data)
                .build();
        service.register("other", (input, client, bodies) -> DurableExecutionOutput.failure(error));
        Saga<String, String> saga = SagaBuilder.saga("pair", String.class)
                .step(A, s -> call("a"), undo((s, effect) -> call("undo a")))
                .invoke(B, "other:1", v -> "x", undo((s, effect) -> call("undo b")))
                .returning(String.class, v -> v.result(B));

        assertThat(run(saga, "\"\"").result()).contains("\"compensated\"");
        assertThat(calls).containsExactly("a", "undo b", "undo a");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 2_100, 2_200, 3_000, 4_000})
    void an_error_fits_as_the_service_measures_it_whatever_has_to_be_escaped(int length) throws Exception {
        String message = "\"é".repeat(length / 2);
        Saga<String, String> saga = SagaBuilder.saga("pair", String.class)
                .step(A, s -> call("a"), undo((s, effect) -> {
                    throw new StepRejected(message);
                }))
                .step(B, s -> call("b"), undo((s, effect) -> {
                    throw new StepRejected(message);
                }))
                .step(
                        StepKey.of("c", String.class),
                        s -> {
                            throw new StepRejected(message);
                        },
                        undo((s, effect) -> call("undo c")))
                .returning(String.class, v -> v.result(B));

        assertThat(bytes(run(saga, "\"\"").error())).isBetween(500, 32_768);
    }

    private static int bytes(ErrorObject error) throws JsonProcessingException {
        return ASCII.writeValueAsBytes(ASCII.createObjectNode()
                        .put("ErrorMessage", error.errorMessage())
                        .put("ErrorType", error.errorType())
                        .put("ErrorData", error.errorData()))
                .length;
    }
}
