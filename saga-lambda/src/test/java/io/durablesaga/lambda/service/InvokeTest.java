package io.durablesaga.lambda.service;

import static io.durablesaga.lambda.service.Updates.error;
import static io.durablesaga.lambda.service.Updates.invoke;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;

class InvokeTest extends ServiceTest {
    private final ByHand other = new ByHand();

    @BeforeEach
    void registerOther() {
        service.register("other", other);
    }

    @Test
    void an_invoked_function_is_an_execution_of_its_own_with_the_payload_as_its_input() {
        ByHand.Invocation parent = begin();
        parent.write(invoke("pay", "other:1", "\"5 EUR\""));
        ByHand.Invocation child = other.next();

        assertThat(child.input
                        .initialExecutionState()
                        .operations()
                        .get(0)
                        .executionDetails()
                        .inputPayload())
                .isEqualTo("\"5 EUR\"");
        assertThat(child.arn()).isNotEqualTo(parent.arn());
        assertThat(service.executions()).hasSize(2);
    }

    @Test
    void its_result_wakes_who_invoked_it() {
        ByHand.Invocation parent = begin();
        parent.write(invoke("pay", "other", "1"));
        parent.suspends();
        other.next().succeeds("\"paid\"");
        ByHand.Invocation again = function.next();

        assertThat(again.input.updatedOperationIds()).containsExactly("pay");
        assertThat(pay().status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(pay().chainedInvokeDetails().result()).isEqualTo("\"paid\"");
    }

    @Test
    void its_failure_is_the_failure_of_the_operation() {
        begin().write(invoke("pay", "other", "1"));
        other.next().fails(error("no money"));
        awaitEndOfChild();

        assertThat(pay().status()).isEqualTo(OperationStatus.FAILED);
        assertThat(pay().chainedInvokeDetails().error()).isEqualTo(error("no money"));
    }

    @Test
    void an_invoked_execution_that_is_stopped_is_a_stopped_operation() {
        begin().write(invoke("pay", "other", "1"));
        service.stop(service.executions().get(1), error("enough"));

        assertThat(pay().status()).isEqualTo(OperationStatus.STOPPED);
        assertThat(pay().chainedInvokeDetails().error()).isEqualTo(error("enough"));
    }

    @Test
    void an_invoked_execution_that_times_out_is_a_timed_out_operation() {
        service.register("other", other, Duration.ofMinutes(1));
        begin().write(invoke("pay", "other", "1"));
        advance(59);
        assertThat(pay().status()).isEqualTo(OperationStatus.STARTED);
        advance(1);

        assertThat(pay().status()).isEqualTo(OperationStatus.TIMED_OUT);
        assertThat(pay().chainedInvokeDetails().error().errorMessage()).isEqualTo("Execution timed out");
    }

    @Test
    void a_function_that_does_not_exist_fails_the_operation() {
        begin().write(invoke("pay", "nobody", "1"));

        assertThat(pay().status()).isEqualTo(OperationStatus.FAILED);
        assertThat(pay().chainedInvokeDetails().error().errorMessage()).isEqualTo("Function not found: nobody");
    }

    @Test
    void nobody_is_told_who_has_ended_meanwhile() {
        begin().write(invoke("pay", "other", "1"));
        service.stop(NAME, error("enough"));
        other.next().succeeds("\"paid\"");
        awaitEndOfChild();

        assertThat(pay().status()).isEqualTo(OperationStatus.STARTED);
        assertThat(function.hasNext()).isFalse();
    }

    private Operation pay() {
        return execution().operation("pay");
    }

    /** The parent's invocation is in the test's hands, so that the service does not settle. */
    private void awaitEndOfChild() {
        String child = service.executions().get(1);
        while (service.execution(child).underWay()) {
            Thread.onSpinWait();
        }
    }
}
