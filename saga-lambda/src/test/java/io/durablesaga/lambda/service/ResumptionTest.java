package io.durablesaga.lambda.service;

import static io.durablesaga.lambda.service.Updates.callback;
import static io.durablesaga.lambda.service.Updates.invoke;
import static io.durablesaga.lambda.service.Updates.retry;
import static io.durablesaga.lambda.service.Updates.sleep;
import static io.durablesaga.lambda.service.Updates.start;
import static io.durablesaga.lambda.service.Updates.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.engine.CallbackAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.CheckpointUpdatedExecutionState;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.lambda.durable.model.DurableExecutionInput;

class ResumptionTest extends ServiceTest {

    @Test
    void an_execution_goes_on_elsewhere_from_what_was_recorded() {
        ByHand.Invocation next = resumed(List.of(), start("a"), succeed("a", "1"), start("b"), retry("b", 5));

        assertThat(next.arn()).isEqualTo(execution().arn());
        assertThat(execution().operation("a").stepDetails().result()).isEqualTo("1");
        assertRefused(() -> next.write(start("a")), "is not possible, it is SUCCEEDED");
        next.suspends();
        advance(5);
        assertThat(execution().operation("b").status()).isEqualTo(OperationStatus.READY);
    }

    @Test
    void what_was_news_is_news() {
        ByHand.Invocation next = resumed(List.of("nap"), start("a"), succeed("a", "1"), sleep("nap", 5));

        assertThat(next.input.updatedOperationIds()).containsExactly("nap");
    }

    @Test
    void an_open_callback_can_be_answered_and_times_out_after_an_hour() {
        resumed(List.of(), callback("ask", 7200, 0)).suspends();
        String id = execution().operation("ask").callbackDetails().callbackId();

        assertThat(service.heartbeat(id)).isEqualTo(CallbackAnswer.ACCEPTED);
        advance(3600);
        assertThat(execution().operation("ask").status()).isEqualTo(OperationStatus.TIMED_OUT);
    }

    @Test
    void a_new_callback_has_an_id_of_its_own() {
        ByHand.Invocation next = resumed(List.of(), callback("ask", 60, 0));
        next.write(callback("ask again", 60, 0));

        assertThat(execution().operation("ask again").callbackDetails().callbackId())
                .isNotEqualTo(execution().operation("ask").callbackDetails().callbackId());
    }

    @Test
    void what_was_being_invoked_is_invoked() {
        resumed(List.of(), invoke(FUNCTION, FUNCTION, "1")).suspends();

        assertThat(service.executions()).hasSize(2);
    }

    /** Goes on, on another service, with what these updates have made of an execution. */
    private ByHand.Invocation resumed(List<String> news, OperationUpdate... updates) {
        ByHand.Invocation former = begin();
        Map<String, Operation> operations = new LinkedHashMap<>();
        former.input.initialExecutionState().operations().forEach(own -> operations.put(own.id(), own));
        for (OperationUpdate update : updates) {
            operations.compute(
                    update.id(), (id, before) -> Transitions.next(before, update, service.now(), () -> "callback-1"));
        }
        open(ServiceSettings.DEFAULT);
        service.resume(new DurableExecutionInput(
                former.arn(),
                "token",
                CheckpointUpdatedExecutionState.builder()
                        .operations(operations.values())
                        .build(),
                news));
        return function.next();
    }
}
