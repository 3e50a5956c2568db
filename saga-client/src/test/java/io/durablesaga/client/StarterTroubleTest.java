package io.durablesaga.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.client.server.Call.Operation;
import io.durablesaga.client.server.Fault;
import io.durablesaga.start.Failed;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartAnswer.Accepted;
import io.durablesaga.start.StartAnswer.Refused;
import io.durablesaga.start.StartRequest;
import io.durablesaga.start.Throttled;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** What a starter says when a start does not come through. */
class StarterTroubleTest extends StarterOnServer {

    static Stream<Fault> passing() {
        return Stream.of(
                Fault.ERROR_500,
                Fault.ERROR_500_AFTER,
                Fault.ERROR_503,
                Fault.BROKEN_BEFORE,
                Fault.BROKEN_AFTER,
                Fault.HALF_AN_ANSWER,
                Fault.turnedBack(502));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_breaks_may_be_over_soon_and_starting_again_starts_once(Fault fault) {
        server.faults(call -> fault);
        assertThat(start("order-1", PAYLOAD))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.passing()).isTrue());
        assertThat(server.started("order-1").isPresent()).isEqualTo(fault.when() == Fault.When.CARRIED_OUT);
        server.faults(call -> Fault.NONE);

        assertThat(start("order-1", PAYLOAD)).isInstanceOf(Accepted.class);
        assertThat(server.started("order-1").orElseThrow().starts()).isEqualTo(1);
    }

    @Test
    void an_answer_that_takes_too_long_is_a_failure_of_an_execution_that_may_exist() {
        server.faults(call -> Fault.slow(LONG));

        assertThat(starter.start(new StartRequest("order-1", PAYLOAD, Duration.ofMillis(200))))
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.passing()).isTrue();
                    assertThat(failed.detail()).contains("ApiCallTimeoutException");
                });
    }

    @Test
    void a_client_that_gives_up_by_itself_is_trusted_to_where_there_is_as_much_time() {
        server.faults(call -> Fault.slow(LONG));
        Duration socketTimeout = Duration.ofMillis(300);
        try (LambdaClient impatient = server.client(settings ->
                settings.httpClientBuilder(Apache5HttpClient.builder().socketTimeout(socketTimeout)))) {
            LambdaStarter trusting =
                    LambdaStarter.of(impatient, "place-order:7").clientGivesUpAfter(socketTimeout);

            assertThat(trusting.start(new StartRequest("order-1", PAYLOAD, socketTimeout)))
                    .isInstanceOfSatisfying(Failed.class, failed -> {
                        assertThat(failed.passing()).isTrue();
                        assertThat(failed.detail()).doesNotContain("ApiCallTimeoutException");
                    });
            assertThat(trusting.start(new StartRequest("order-1", PAYLOAD, Duration.ofMillis(100))))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.detail()).contains("ApiCallTimeoutException"));
        }
    }

    @Test
    void a_client_is_not_trusted_to_give_up_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> starter.clientGivesUpAfter(Duration.ZERO))
                .withMessageContaining("more than nothing");
    }

    @Test
    void looking_a_name_up_takes_no_longer_than_what_the_start_has_left() {
        AtomicLong clock = new AtomicLong();
        start("order-1", "{}");
        server.faults(call -> {
            clock.addAndGet(LONG.toNanos());
            return call.operation() == Operation.INVOKE ? Fault.NONE : Fault.slow(LONG);
        });

        assertThat(LambdaStarter.of(lambda, "place-order:7", clock::get)
                        .start(new StartRequest("order-1", PAYLOAD, LONG)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.passing()).isTrue());
        assertThat(server.requests(Operation.GET)).isZero();
    }

    @Test
    void an_interrupted_thread_gets_an_answer_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        StartAnswer answer = start("order-1", PAYLOAD);
        boolean interrupted = Thread.interrupted();

        assertThat(interrupted).isTrue();
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.passing()).isTrue());
    }

    @Test
    void a_service_out_of_reach_may_be_back_soon() {
        server.close();

        assertThat(start("order-1", PAYLOAD))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.passing()).isTrue());
    }

    @Test
    void a_function_without_capacity_throttles_with_its_reason() {
        server.faults(call -> Fault.THROTTLED_429);

        assertThat(start("order-1", PAYLOAD))
                .isEqualTo(new Throttled(
                        "TooManyRequestsException (429), ReservedFunctionConcurrentInvocationLimitExceeded"));
        assertThat(server.requests(Operation.INVOKE)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException",
        "429, SomethingElse",
        "502, EC2ThrottledException",
        "402, ServiceQuotaExceededException"
    })
    void whatever_says_that_it_takes_no_more_throttles(int status, String code) {
        server.faults(call -> Fault.answered(status, code, "no"));

        assertThat(start("order-1", PAYLOAD)).isEqualTo(new Throttled(code + " (" + status + ")" + suffix(status)));
    }

    private static String suffix(int status) {
        return status == 502 ? ": no" : "";
    }

    @ParameterizedTest
    @CsvSource({
        "413, RequestTooLargeException",
        "413, SerializedRequestEntityTooLargeException",
        "400, InvalidRequestContentException"
    })
    void what_is_wrong_with_the_payload_is_refused_without_quoting_it(int status, String code) {
        server.faults(call -> Fault.answered(status, code, "cannot take " + PAYLOAD));

        assertThat(start("order-1", PAYLOAD)).isEqualTo(new Refused(code + " (" + status + ")"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidParameterValueException, true",
        "404, ResourceNotFoundException, true",
        "403, AccessDeniedException, true",
        "400, RecursiveInvocationException, false",
        "415, UnsupportedMediaTypeException, false",
        "418, NobodyKnowsException, false",
        "409, CodeArtifactUserFailedException, false",
        "502, KMSAccessDeniedException, true",
        "502, KMSDisabledException, true",
        "502, KMSInvalidStateException, true",
        "502, KMSNotFoundException, true",
        "502, EC2AccessDeniedException, true",
        "502, InvalidRuntimeException, true",
        "502, InvalidSecurityGroupIDException, true",
        "502, InvalidSubnetIDException, true",
        "502, InvalidZipFileException, true"
    })
    void what_a_person_has_to_mend_does_not_pass(int status, String code, boolean quoted) {
        server.faults(call -> Fault.answered(status, code, "said so"));

        assertThat(start("order-1", PAYLOAD)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.passing()).isFalse();
            assertThat(failed.detail()).startsWith(code + " (" + status + ")");
            assertThat(failed.detail().endsWith(": said so")).isEqualTo(quoted);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "409, ResourceConflictException",
        "409, SnapStartNotReadyException",
        "409, CodeArtifactUserPendingException",
        "410, EFSIOException",
        "408, EFSMountTimeoutException",
        "403, RequestExpired",
        "502, ENILimitReachedException",
        "502, ResourceNotReadyException"
    })
    void what_is_not_ready_yet_may_be_soon(int status, String code) {
        server.faults(call -> Fault.answered(status, code, "not yet"));

        assertThat(start("order-1", PAYLOAD))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.passing()).isTrue());
    }

    @Test
    void a_caller_who_may_not_start_hears_what_it_takes() {
        server.faults(call -> Fault.FORBIDDEN_403);

        assertThat(((Failed) start("order-1", PAYLOAD)).detail()).contains("it takes lambda:InvokeFunction");
    }

    @Test
    void a_mistake_in_the_program_is_thrown() {
        LambdaClient broken = new LambdaClient() {
            @Override
            public String serviceName() {
                return "lambda";
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() ->
                        LambdaStarter.of(broken, "place-order:7").start(new StartRequest("order-1", PAYLOAD, LONG)))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
