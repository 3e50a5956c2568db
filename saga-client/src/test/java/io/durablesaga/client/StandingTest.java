package io.durablesaga.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.client.server.Call.Operation;
import io.durablesaga.client.server.Fault;
import io.durablesaga.client.server.Started.End;
import io.durablesaga.result.SagaResult;
import io.durablesaga.start.Failed;
import io.durablesaga.start.Standing;
import io.durablesaga.start.Standing.State;
import io.durablesaga.start.StandingAnswer;
import io.durablesaga.start.StartAnswer.Accepted;
import io.durablesaga.start.Throttled;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How executions stand, as a starter that knows no saga tells it. */
class StandingTest extends StarterOnServer {
    private Accepted execution;

    @BeforeEach
    void start() {
        execution = accepted("order-1", PAYLOAD);
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(End.RUNNING, State.RUNNING, ""),
                Arguments.of(succeeded(Orders.COMPLETED), State.COMPLETED, ""),
                Arguments.of(succeeded(Orders.COMPENSATED), State.COMPENSATED, ""),
                Arguments.of(succeeded(Orders.STUCK), State.FAILED, "stuck"),
                Arguments.of(End.succeeded("{\"any\":1}"), State.COMPLETED, ""),
                Arguments.of(End.succeeded("[]"), State.COMPLETED, ""),
                Arguments.of(End.succeeded("no JSON"), State.COMPLETED, ""),
                Arguments.of(
                        End.succeeded(null),
                        State.COMPLETED,
                        "its result was not handed out; may this caller read it?"),
                Arguments.of(End.failed("SagaCompensated", null, "{}"), State.FAILED, "SagaCompensated"),
                Arguments.of(End.failed("SagaStuck", "message", "{}"), State.FAILED, "SagaStuck"),
                Arguments.of(End.failed("card 4711-0815", PAYLOAD, PAYLOAD), State.FAILED, ""),
                Arguments.of(End.failed(null, null, null), State.FAILED, ""),
                Arguments.of(End.TIMED_OUT, State.TIMED_OUT, "TimedOut"),
                Arguments.of(End.STOPPED, State.STOPPED, "Stopped"));
    }

    private static End succeeded(SagaResult<?> result) {
        return End.succeeded(Orders.json(result));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void an_execution_stands_as_it_ended(End end, State state, String detail) {
        server.end("order-1", end);

        assertThat(standing(execution)).isEqualTo(new Standing(state, detail));
        assertThat(standing(new Accepted("order-1", null))).isEqualTo(new Standing(state, detail));
    }

    @Test
    void an_execution_that_is_forgotten_is_unknown() {
        server.forget("order-1");

        assertThat(standing(execution)).isEqualTo(new Standing(State.UNKNOWN, ""));
        assertThat(standing(new Accepted("order-1", null))).isEqualTo(new Standing(State.UNKNOWN, ""));
    }

    @Test
    void an_execution_whose_version_is_gone_is_unknown() {
        server.faults(call -> Fault.answered(404, "ResourceNotFoundException", "Function not found"));

        assertThat(standing(new Accepted("order-1", null))).isEqualTo(new Standing(State.UNKNOWN, ""));
    }

    @Test
    void a_busy_service_throttles() {
        server.faults(call -> Fault.THROTTLED_429);

        assertThat(standing(execution)).isInstanceOf(Throttled.class);
    }

    @Test
    void a_caller_who_may_not_read_hears_what_it_takes() {
        server.faults(call -> Fault.FORBIDDEN_403);

        assertThat(standing(execution)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.passing()).isFalse();
            assertThat(failed.detail()).contains("lambda:GetDurableExecution");
        });
    }

    @Test
    void what_breaks_may_be_over_soon() {
        for (Fault fault : new Fault[] {Fault.ERROR_500, Fault.BROKEN_AFTER, Fault.HALF_AN_ANSWER}) {
            server.faults(call -> fault);
            assertThat(standing(execution))
                    .as(fault.toString())
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.passing()).isTrue());
        }
    }

    @Test
    void an_answer_that_takes_too_long_has_failed() {
        server.faults(call -> Fault.slow(LONG));

        assertThat(starter.standing(execution, Duration.ofMillis(200)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.passing()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 999_999})
    void no_time_to_answer_is_a_mistake_in_the_program(long nanos) {
        assertThatThrownBy(() -> starter.standing(execution, Duration.ofNanos(nanos)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least a millisecond");
        assertThat(server.requests(Operation.GET)).isZero();
    }

    private StandingAnswer standing(Accepted of) {
        return starter.standing(of, LONG);
    }
}
