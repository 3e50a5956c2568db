package io.durablesaga.lambda.service;

import static io.durablesaga.lambda.service.Updates.callback;
import static io.durablesaga.lambda.service.Updates.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.engine.CallbackAnswer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;

class CallbackTest extends ServiceTest {

    @Test
    void every_callback_has_an_id_of_its_own() {
        begin().write(callback("ask", 5, 0), callback("ask-again", 5, 0));
        service.start(FUNCTION, "order-2", "1");
        function.next().write(callback("ask", 5, 0));

        assertThat(new String[] {
                    id("ask"),
                    id("ask-again"),
                    service.execution("order-2")
                            .operation("ask")
                            .callbackDetails()
                            .callbackId()
                })
                .doesNotHaveDuplicates()
                .doesNotContainNull();
    }

    @Test
    void callbacks_are_known_while_they_are_open() {
        begin().write(callback("ask", 5, 0), callback("wait", 0, 0));
        assertThat(execution().callbacks())
                .containsExactly(
                        new ExecutionView.OpenCallback(
                                "ask", id("ask"), service.now().plusSeconds(5)),
                        new ExecutionView.OpenCallback("wait", id("wait"), null));
        assertThat(service.complete(id("ask"), "1")).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(execution().callbacks()).hasSize(1);
        service.stop(NAME, error("enough"));

        assertThat(execution().callbacks()).isEmpty();
    }

    @Test
    void the_first_answer_counts() {
        begin().write(callback("ask", 5, 0));
        String id = id("ask");
        assertThat(service.complete(id, "\"yes\"")).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(service.complete(id, "\"no\"")).isEqualTo(CallbackAnswer.DUPLICATE);
        assertThat(service.fail(id, error("no"))).isEqualTo(CallbackAnswer.DUPLICATE);
        assertThat(service.heartbeat(id)).isEqualTo(CallbackAnswer.DUPLICATE);
        Operation ask = execution().operation("ask");

        assertThat(ask.status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(ask.callbackDetails().result()).isEqualTo("\"yes\"");
        assertThat(ask.callbackDetails().callbackId()).isEqualTo(id);
    }

    @Test
    void an_answer_may_be_that_it_failed() {
        begin().write(callback("ask", 5, 0));
        assertThat(service.fail(id("ask"), error("over the limit"))).isEqualTo(CallbackAnswer.ACCEPTED);
        Operation ask = execution().operation("ask");

        assertThat(ask.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(ask.callbackDetails().error()).isEqualTo(error("over the limit"));
    }

    @Test
    void an_answer_may_be_nothing() {
        begin().write(callback("ask", 5, 0));
        assertThat(service.complete(id("ask"), null)).isEqualTo(CallbackAnswer.ACCEPTED);

        assertThat(execution().operation("ask").callbackDetails().result()).isNull();
    }

    @Test
    void an_answer_that_comes_too_late_changes_nothing() {
        begin().write(callback("ask", 5, 0));
        advance(5);

        assertThat(service.complete(id("ask"), "\"yes\"")).isEqualTo(CallbackAnswer.LATE);
        assertThat(service.heartbeat(id("ask"))).isEqualTo(CallbackAnswer.LATE);
        assertThat(execution().operation("ask").status()).isEqualTo(OperationStatus.TIMED_OUT);
    }

    @Test
    void an_answer_to_an_execution_that_has_ended_is_late() {
        begin().write(callback("ask", 5, 0));
        service.stop(NAME, error("enough"));

        assertThat(service.complete(id("ask"), "\"yes\"")).isEqualTo(CallbackAnswer.LATE);
        assertThat(execution().operation("ask").status()).isEqualTo(OperationStatus.STARTED);
    }

    @Test
    void an_answer_to_nothing_is_told_so() {
        assertThat(service.complete("nothing", "1")).isEqualTo(CallbackAnswer.UNKNOWN);
        assertThat(service.fail("nothing", error("no"))).isEqualTo(CallbackAnswer.UNKNOWN);
        assertThat(service.heartbeat("nothing")).isEqualTo(CallbackAnswer.UNKNOWN);
    }

    @Test
    void an_answer_that_is_too_large_is_refused() {
        begin().write(callback("ask", 5, 0));
        assertRefused(() -> service.complete(id("ask"), "x".repeat(262_145)), "more than 262144 bytes");
        assertRefused(() -> service.fail(id("ask"), error("x".repeat(32_768))), "more than 32768 bytes");

        assertThat(execution().operation("ask").status()).isEqualTo(OperationStatus.STARTED);
    }

    @Test
    void an_answer_wakes_an_execution_that_waits_for_it() {
        ByHand.Invocation invocation = begin();
        invocation.write(callback("ask", 5, 0));
        invocation.suspends();
        service.settle();
        assertThat(function.hasNext()).isFalse();
        assertThat(service.complete(id("ask"), "\"yes\"")).isEqualTo(CallbackAnswer.ACCEPTED);

        assertThat(function.next().input.updatedOperationIds()).containsExactly("ask");
    }

    private String id(String name) {
        return execution().operation(name).callbackDetails().callbackId();
    }
}
