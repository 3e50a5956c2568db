package io.durablesaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.EnumSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What crosses the border between a run and its engine is whole. */
class EngineValuesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final StepCall.Body BODY = attempt -> new Reply.Completed("null");

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 0", "1, -1", "1, 1", "2, 2", "2, 3"})
    void an_attempt_that_cannot_be_is_refused(int number, int failures) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Attempt(number, failures))
                .withMessage("attempt " + number + " after " + failures + " failures");
    }

    @Test
    void an_attempt_follows_fewer_failures_than_attempts() {
        assertThat(new Attempt(1, 0).number()).isEqualTo(1);
        assertThat(new Attempt(3, 2).failures()).isEqualTo(2);
        assertThat(new Attempt(9, 0).failures()).isZero();
    }

    @Test
    void what_is_required_is_named_when_it_is_missing() {
        missing("id", () -> new ExecutionIdentity(null, "name"));
        missing("name", () -> new ExecutionIdentity("id", null));
        missing("name", () -> new CallbackCall(null, "path", SECOND, null, false));
        missing("path", () -> new CallbackCall("name", null, SECOND, null, false));
        missing("timeout", () -> new CallbackCall("name", "path", null, null, false));
        missing("name", () -> new InvokeCall(null, "target", "key", "null"));
        missing("target", () -> new InvokeCall("name", null, "key", "null"));
        missing("key", () -> new InvokeCall("name", "target", null, "null"));
        missing("payload", () -> new InvokeCall("name", "target", "key", null));
        missing("kind", () -> new StepCall(null, "name", "path", BODY, 1, 1));
        missing("name", () -> new StepCall(StepCall.Kind.ACTION, null, "path", BODY, 1, 1));
        missing("path", () -> new StepCall(StepCall.Kind.ACTION, "name", null, BODY, 1, 1));
        missing("body", () -> new StepCall(StepCall.Kind.ACTION, "name", "path", null, 1, 1));
    }

    @Test
    void a_call_may_have_no_heartbeat_and_is_otherwise_whole() {
        assertThat(new CallbackCall("name", "path", SECOND, null, true).heartbeat())
                .isNull();
        assertThat(new CallbackCall("name", "path", SECOND, SECOND, false).heartbeat())
                .isEqualTo(SECOND);
        assertThat(new InvokeCall("name", "target", "key", "null").target()).isEqualTo("target");
        assertThat(new StepCall(StepCall.Kind.ACTION, "name", "path", BODY, 1, 1)
                        .body()
                        .attempt(new Attempt(1, 0)))
                .isEqualTo(new Reply.Completed("null"));
    }

    @Test
    void effects_are_fenced_and_what_only_reads_is_not() {
        assertThat(EnumSet.allOf(StepCall.Kind.class).stream().filter(StepCall.Kind::fenced))
                .containsExactly(StepCall.Kind.ACTION, StepCall.Kind.UNDO);
    }

    @Test
    void a_mismatch_carries_both_sides_and_what_reading_threw() {
        Exception cause = new IllegalStateException("not JSON");

        assertThat(new ReplayMismatch("reserve is not charge"))
                .hasMessage("reserve is not charge")
                .hasNoCause();
        assertThat(new ReplayMismatch("reserve is not charge", cause))
                .hasMessage("reserve is not charge")
                .hasCause(cause);
    }

    private static void missing(String parameter, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(parameter);
    }
}
