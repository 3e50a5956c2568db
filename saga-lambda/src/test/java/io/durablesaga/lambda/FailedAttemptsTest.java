package io.durablesaga.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.result.Failure;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.lambda.durable.exception.StepInterruptedException;

class FailedAttemptsTest {
    private static final ErrorObject CUT_SHORT = new StepInterruptedException(step(0, null)).getErrorObject();

    @Test
    void before_its_first_attempt_has_ended_none_has_failed() {
        assertThat(FailedAttempts.in(step(0, null))).hasValue(0);
    }

    @Test
    void an_attempt_that_failed_leaves_the_count_behind() {
        StepFailed failed = new StepFailed(Failure.unknown("Timeout", "no answer"), 5, 3, Duration.ofSeconds(1));
        ErrorObject error = ErrorObject.builder()
                .errorType(StepFailed.class.getName())
                .errorData(failed.data())
                .build();

        assertThat(FailedAttempts.in(step(5, error))).hasValue(3);
    }

    @Test
    void an_attempt_that_was_cut_short_carries_the_count_on() {
        OperationUpdate sent = FailedAttempts.carriedOn(retry(CUT_SHORT), OptionalInt.of(2));

        assertThat(FailedAttempts.in(step(6, sent.error()))).hasValue(2);
        assertThat(sent.error().errorMessage()).isEqualTo(CUT_SHORT.errorMessage());
        assertThat(StepInterruptedException.isStepInterruptedException(sent.error()))
                .isTrue();
    }

    @Test
    void where_the_record_lacks_the_count_it_is_not_known_and_stays_so() {
        assertThat(FailedAttempts.in(step(1, null))).isEmpty();
        assertThat(FailedAttempts.in(step(1, CUT_SHORT))).isEmpty();
        for (String data : new String[] {"", "no JSON", "{}", "{\"failures\":\"two\"}", "[]"}) {
            ErrorObject error = ErrorObject.builder().errorData(data).build();
            assertThat(FailedAttempts.in(step(1, error))).as(data).isEmpty();
        }
        assertThat(FailedAttempts.carriedOn(retry(CUT_SHORT), OptionalInt.empty()))
                .isEqualTo(retry(CUT_SHORT));
    }

    @Test
    void an_update_that_says_something_else_stays_as_it_is() {
        OperationUpdate failed =
                retry(ErrorObject.builder().errorType("Timeout").build());

        assertThat(FailedAttempts.carriedOn(failed, OptionalInt.of(2))).isEqualTo(failed);
        assertThat(FailedAttempts.carriedOn(retry(null), OptionalInt.of(2))).isEqualTo(retry(null));
    }

    private static OperationUpdate retry(@Nullable ErrorObject error) {
        return OperationUpdate.builder()
                .id("1")
                .type(OperationType.STEP)
                .action(OperationAction.RETRY)
                .error(error)
                .build();
    }

    private static Operation step(int attempt, @Nullable ErrorObject error) {
        return Operation.builder()
                .id("1")
                .name("charge")
                .type(OperationType.STEP)
                .status(OperationStatus.STARTED)
                .stepDetails(details -> details.attempt(attempt).error(error))
                .build();
    }
}
