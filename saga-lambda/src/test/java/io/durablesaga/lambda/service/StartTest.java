package io.durablesaga.lambda.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.DurableExecutionAlreadyStartedException;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

class StartTest extends ServiceTest {

    @Test
    void the_same_name_and_payload_is_the_same_execution_while_it_runs_and_when_it_has_ended() {
        String arn = service.start(FUNCTION, NAME, "\"books\"");
        assertThat(service.start(FUNCTION + ":1", NAME, "\"books\"")).isEqualTo(arn);
        function.next().succeeds("1");
        service.settle();
        assertThat(service.start(FUNCTION, NAME, "\"books\"")).isEqualTo(arn);
        service.settle();

        assertThat(function.hasNext()).isFalse();
        assertThat(execution().invocations()).isEqualTo(1);
    }

    @Test
    void the_same_name_with_other_bytes_is_refused() {
        service.start(FUNCTION, NAME, "\"books\"");

        assertThatThrownBy(() -> service.start(FUNCTION, NAME, "\"books\" "))
                .isInstanceOf(DurableExecutionAlreadyStartedException.class);
    }

    @Test
    void the_same_name_for_another_function_is_refused() {
        service.register("other", new ByHand());
        service.start(FUNCTION, NAME, "\"books\"");

        assertThatThrownBy(() -> service.start("other", NAME, "\"books\""))
                .isInstanceOf(DurableExecutionAlreadyStartedException.class);
    }

    @Test
    void other_names_are_other_executions() {
        assertThat(service.start(FUNCTION, "order-1", "1")).isNotEqualTo(service.start(FUNCTION, "order-2", "1"));
        assertThat(service.executions()).containsExactly("order-1", "order-2");
    }

    @Test
    void a_malformed_name_is_refused() {
        for (String name : List.of("", " ", "a b", "a/b", "a.b", "a:b", "ä", "a\n", "x".repeat(65))) {
            assertRefused(() -> service.start(FUNCTION, name, "1"), "durableExecutionName");
        }
    }

    @Test
    void a_function_that_nobody_has_registered_cannot_be_started() {
        assertThatThrownBy(() -> service.start("other", NAME, "1")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void a_function_is_named_by_its_name_its_version_or_its_ARN() {
        for (String name :
                List.of("order", "order:7", "order:live", "arn:aws:lambda:eu-west-1:123456789012:function:order:7")) {
            assertThat(Starts.nameOf(name)).isEqualTo("order");
        }
    }

    @Test
    void a_function_that_is_registered_again_is_replaced_from_the_next_invocation_on() {
        ByHand.Invocation invocation = begin();
        ByHand next = new ByHand();
        service.register(FUNCTION, next);
        invocation.breaks(new IllegalStateException("once"));
        next.next().succeeds("1");
        service.settle();

        assertThat(execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
}
