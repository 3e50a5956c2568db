package io.durablesaga.lambda;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.SagaDefinitionException;
import io.durablesaga.StepKey;
import io.durablesaga.StepRejected;
import io.durablesaga.UndoOptions;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.event.SagaListener;
import io.durablesaga.lambda.service.ExecutionView;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResults;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Month;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.OperationStatus;

/** What a saga's function returns, and when it fails. */
class SagaHandlerTest extends FunctionTest {
    private static final StepKey<String> A = StepKey.of("a", String.class);
    private static final StepKey<String> B = StepKey.of("b", String.class);

    private Saga<String, String> saga(UndoOptions undoing, String undone) {
        return SagaBuilder.saga("pair", String.class)
                .step(A, s -> call("a"), undo(undoing, (s, effect) -> {
                    call("undo a");
                    if (!undone.isEmpty()) {
                        throw new StepRejected(undone);
                    }
                }))
                .step(
                        B,
                        s -> {
                            if (s.input().equals("no")) {
                                throw new StepRejected("no b for you");
                            }
                            return call("b");
                        },
                        undo((s, effect) -> call("undo b")))
                .returning(String.class, v -> v.result(A) + v.result(B));
    }

    private Saga<String, String> saga() {
        return saga(UndoOptions.undoing(), "");
    }

    private static SagaResult<String> result(String json) throws Exception {
        return new SagaResults(SagaJson.standard().mapper()).read(json, String.class);
    }

    @Test
    void a_completed_saga_returns_its_result() throws Exception {
        ExecutionView view = run(saga(), "\"yes\"");

        assertThat(view.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(result(view.result())).isEqualTo(new SagaResult.Completed<>("pair", "ab"));
    }

    @Test
    void a_compensated_saga_succeeds_and_says_so() throws Exception {
        ExecutionView view = run(saga(), "\"no\"");

        assertThat(view.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(result(view.result())).isInstanceOf(SagaResult.Compensated.class);
        assertThat(calls).containsExactly("a", "undo a");
    }

    @Test
    void a_compensated_saga_fails_its_execution_where_the_settings_say_so() throws Exception {
        settings = settings.failingWhenCompensated();

        ExecutionView view = run(saga(), "\"no\"");

        assertThat(view.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(view.error().errorType()).isEqualTo("SagaCompensated");
        assertThat(result(view.error().errorData())).isInstanceOf(SagaResult.Compensated.class);
    }

    @Test
    void a_stuck_saga_fails_its_execution_and_lists_what_is_open() throws Exception {
        ExecutionView view = run(saga(UndoOptions.undoing(), "not any more"), "\"no\"");

        assertThat(view.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(view.error().errorType()).isEqualTo("SagaStuck");
        assertThat(view.error().errorMessage()).isEqualTo("saga 'pair' is stuck because of b; open effects: 1");
        SagaResult.Stuck<String> stuck =
                (SagaResult.Stuck<String>) result(view.error().errorData());
        assertThat(stuck.open()).extracting(EffectReport::path).containsExactly("a");
    }

    @Test
    void what_is_stuck_is_listed_in_full_however_much_its_errors_have_to_say() throws Exception {
        SagaBuilder<String> builder = SagaBuilder.saga("many", String.class);
        for (int number = 1; number <= 12; number++) {
            builder = builder.step(StepKey.of("step-" + number, String.class), s -> "done", undo((s, effect) -> {
                throw new StepRejected("x".repeat(4_000));
            }));
        }
        Saga<String, String> saga = builder.step(
                        B,
                        s -> {
                            throw new StepRejected("no");
                        },
                        nothingToUndo("it never happens"))
                .returning(String.class, v -> v.result(B));

        ExecutionView view = run(saga, "\"\"");

        assertThat(view.error().errorData().length()).isLessThan(32_768);
        SagaResult.Stuck<String> stuck =
                (SagaResult.Stuck<String>) result(view.error().errorData());
        assertThat(stuck.open()).hasSize(12);
        assertThat(stuck.open())
                .allSatisfy(effect -> assertThat(effect.actionKey()).isNotEmpty());
    }

    @Test
    void a_failed_step_looks_failed_and_keeps_its_message_out_of_what_the_console_shows() {
        ExecutionView view = run(saga(), "\"no\"");

        var step = view.operation("b");
        assertThat(step.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(step.stepDetails().error().errorMessage()).isEqualTo("rejected: io.durablesaga.StepRejected");
        assertThat(step.stepDetails().error().errorData()).contains("no b for you");
    }

    @Test
    void a_message_as_long_and_awkward_as_can_be_fits_into_an_error() {
        Saga<String, String> saga = SagaBuilder.saga("awkward", String.class)
                .step(
                        A,
                        with().retry(Retries.every(Duration.ofSeconds(1), 2)),
                        s -> {
                            throw new IllegalStateException("\u0001".repeat(10_000));
                        },
                        undo((s, effect) -> call("undo a")))
                .returning(String.class, v -> v.result(A));

        ExecutionView view = run(saga, "\"\"");

        assertThat(view.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(calls).containsExactly("undo a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "null", ""})
    void an_input_that_does_not_read_fails_the_execution_before_anything_runs(String input) {
        ExecutionView view = run(saga(), input);

        assertThat(view.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(view.error().errorType()).isEqualTo("SagaRefused");
        assertThat(view.error().errorMessage())
                .startsWith("saga 'pair': the input does not read as java.lang.String")
                .endsWith("nothing has run: start it under another name with an input that does");
        assertThat(calls).isEmpty();
    }

    @Test
    void an_answer_whose_own_reader_throws_unwinds_the_saga_and_does_not_fail_every_invocation() {
        settings = settings.json(SagaJson.over(JsonMapper.builder()
                .addModule(new SimpleModule().addDeserializer(Month.class, new MonthReader()))
                .build()));
        Saga<String, String> saga = SagaBuilder.saga("dated", String.class)
                .step(A, s -> call("a"), undo((s, effect) -> call("undo a")))
                .await(
                        StepKey.of("month", Month.class),
                        within(Duration.ofDays(1)),
                        (s, callback) -> call(callback),
                        undo((s, effect) -> call("undo month")))
                .returning(String.class, v -> v.result(A));
        service.register(saga.name(), Handlers.function(given -> new Handler(saga, given), settings));
        service.start(saga.name(), NAME, "\"\"");
        service.settle();

        assertThat(service.complete(calls.get(1), "\"13\"")).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(goOn().result()).contains("\"compensated\"", "not readable");
        assertThat(calls).endsWith("undo month", "undo a");
    }

    private static final class MonthReader extends JsonDeserializer<Month> {
        @Override
        public Month deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Month.of(Integer.parseInt(parser.getText())); // throws what Jackson does not know
        }
    }

    @Test
    void an_invocation_that_is_none_of_a_durable_execution_is_refused() {
        Handler handler = new Handler(saga(), settings.sdk(Configs.none()));
        var request = new ByteArrayInputStream("{\"item\":\"cup\"}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> handler.handleRequest(request, new ByteArrayOutputStream(), null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the function needs DurableConfig when it is created");
    }

    @Test
    void a_saga_that_may_take_longer_than_its_execution_is_refused_when_the_function_starts() {
        Saga<String, String> saga = SagaBuilder.saga("slow", String.class)
                .sleep("nap", Duration.ofDays(2))
                .returning(String.class, v -> v.input());

        assertThatThrownBy(() -> new Handler(
                        saga, settings.executionTimeout(Duration.ofDays(1)).sdk(Configs.none())))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessageContaining("up to PT48H, and an execution of this function has PT24H")
                .hasMessageContaining("SAGA_EXECUTION_TIMEOUT_SECONDS");
    }

    @Test
    void an_attempt_that_no_invocation_can_hold_is_refused_when_the_function_starts() {
        Saga<String, String> saga = SagaBuilder.saga("long", String.class)
                .step(A, s -> "", undo(UndoOptions.undoing().timeout(Duration.ofMinutes(15)), (s, effect) -> {}))
                .returning(String.class, v -> v.result(A));

        assertThatThrownBy(() -> new Handler(saga, settings.sdk(Configs.none())))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessageContaining("saga 'long', node 'a'")
                .hasMessageContaining("PT15M")
                .hasMessageContaining("start long work in a step and await its end");
    }

    @Test
    void every_field_of_the_settings_can_be_set_by_itself() {
        SagaJson json = SagaJson.standard();
        SagaListener listener = event -> {};
        LambdaSettings changed = LambdaSettings.defaults()
                .json(json)
                .listener(listener)
                .executionTimeout(Duration.ofHours(1))
                .failingWhenCompensated();

        assertThat(changed.compensatedFails()).isTrue();
        assertThat(changed.json()).isSameAs(json);
        assertThat(changed.listener()).isSameAs(listener);
        assertThat(changed.executionTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(Set.of(LambdaSettings.timeoutOf(null), LambdaSettings.timeoutOf("60")))
                .containsExactlyInAnyOrder(Duration.ofHours(24), Duration.ofMinutes(1));
        assertThatThrownBy(() -> LambdaSettings.timeoutOf("soon"))
                .hasMessageContaining("SAGA_EXECUTION_TIMEOUT_SECONDS: 'soon'");
        assertThatThrownBy(() -> LambdaSettings.defaults().executionTimeout(Duration.ZERO))
                .hasMessageContaining("executionTimeout");
    }
}
