package io.durablesaga.lambda.service;

import static io.durablesaga.lambda.service.Updates.error;
import static io.durablesaga.lambda.service.Updates.retry;
import static io.durablesaga.lambda.service.Updates.start;
import static io.durablesaga.lambda.service.Updates.step;
import static io.durablesaga.lambda.service.Updates.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;

class LimitTest extends ServiceTest {

    @Test
    void a_payload_has_up_to_262144_bytes() {
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"), start("b"));
        assertRefused(() -> invocation.write(succeed("a", "x".repeat(262_145))), "more than 262144 bytes");
        assertRefused(() -> invocation.write(succeed("a", "ä".repeat(131_073))), "more than 262144 bytes");

        invocation.write(succeed("a", "x".repeat(262_144)));
        invocation.write(succeed("b", "ä".repeat(131_072)));
    }

    @Test
    void an_error_has_up_to_32768_bytes_of_JSON() {
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"));
        for (String text : new String[] {"x".repeat(32_768), "\n".repeat(16_384), "ä".repeat(5_462)}) {
            ErrorObject error = ErrorObject.builder().errorData(text).build();
            assertRefused(() -> invocation.write(fails(error)), "error of more than 32768 bytes");
        }
        ErrorObject traced = ErrorObject.builder()
                .stackTrace("x".repeat(20_000), "y".repeat(20_000))
                .build();
        assertRefused(() -> invocation.write(fails(traced)), "error of more than 32768 bytes");

        invocation.write(fails(error("x".repeat(32_000))));
    }

    @Test
    void a_name_has_up_to_256_characters() {
        ByHand.Invocation invocation = begin();
        OperationUpdate.Builder update = step(OperationAction.START, "a");

        assertRefused(() -> invocation.write(update.name("n".repeat(257)).build()), "more than 256 characters");
        invocation.write(update.name("n".repeat(256)).build());
    }

    @Test
    void an_execution_has_up_to_3000_operations() {
        open(ServiceSettings.DEFAULT.pageSize(1_000));
        ByHand.Invocation invocation = begin();
        for (int i = 0; i < 3_000; i += 200) {
            OperationUpdate[] updates = new OperationUpdate[200];
            for (int j = 0; j < updates.length; j++) {
                updates[j] = start("step-" + (i + j));
            }
            invocation.write(updates);
        }

        assertRefused(() -> invocation.write(start("one-more")), "more than the 3000 operations");
        assertRefused(() -> invocation.write(retry("step-0", 1)), "more than the 3000 operations");
        invocation.write(succeed("step-0", "1"));
        assertThat(execution().metered()).isEqualTo(3_000);
    }

    @Test
    void each_retry_counts_as_an_operation() {
        open(ServiceSettings.DEFAULT.limits(ServiceLimits.DOCUMENTED.operations(3)));
        ByHand.Invocation invocation = begin();
        for (int i = 0; i < 2; i++) {
            invocation.write(start("a"), retry("a", 1));
            advance(1);
        }

        assertThat(execution().metered()).isEqualTo(3);
        assertRefused(() -> invocation.write(start("a"), retry("a", 1)), "more than the 3 operations");
        invocation.write(start("a"), succeed("a", "1"));
    }

    @Test
    void an_execution_writes_up_to_a_number_of_bytes_its_input_and_all_attempts_included() {
        open(ServiceSettings.DEFAULT.limits(ServiceLimits.DOCUMENTED.writtenBytes(1_000)));
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"), succeed("a", "x".repeat(990)));

        assertRefused(() -> invocation.write(start("b"), succeed("b", "1234")), "more than the 1000 bytes");
        invocation.write(start("b"), succeed("b", "123"));
    }

    @Test
    void documented_is_a_hundred_megabytes() {
        assertThat(ServiceLimits.DOCUMENTED.writtenBytes()).isEqualTo(104_857_600);
    }

    @Test
    void a_function_that_returns_more_than_six_megabytes_has_failed() {
        open(ServiceSettings.DEFAULT.failures(2));
        int around = "{\"Status\":\"SUCCEEDED\",\"Result\":\"\"}".length(); // all that is returned counts
        begin().succeeds("x".repeat(6 * 1024 * 1024 - around + 1));
        function.next().succeeds("x".repeat(6 * 1024 * 1024 - 2 * around));
        service.settle();

        assertThat(execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution().invocations()).isEqualTo(2);
    }

    @Test
    void a_result_that_is_too_large_to_return_may_be_recorded() {
        ByHand.Invocation invocation = begin();
        String id = invocation.input.initialExecutionState().operations().get(0).id();
        String large = "x".repeat(7 * 1024 * 1024);
        OperationUpdate end = OperationUpdate.builder()
                .id(id)
                .type(OperationType.EXECUTION)
                .action(OperationAction.SUCCEED)
                .payload(large)
                .build();
        assertRefused(() -> invocation.write(end, start("a")), "not the last update");
        invocation.write(start("a"), end);
        invocation.succeeds("");
        service.settle();

        assertThat(execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution().result()).isEqualTo(large);
        assertInvalidToken(invocation::poll);
    }

    private static OperationUpdate fails(ErrorObject error) {
        return step(OperationAction.FAIL, "a").error(error).build();
    }
}
