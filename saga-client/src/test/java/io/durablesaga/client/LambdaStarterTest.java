package io.durablesaga.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.client.server.Call;
import io.durablesaga.client.server.Call.Operation;
import io.durablesaga.client.server.Fault;
import io.durablesaga.start.Failed;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartAnswer.Accepted;
import io.durablesaga.start.StartAnswer.Conflict;
import io.durablesaga.start.StartAnswer.Refused;
import io.durablesaga.start.StartRequest;
import io.durablesaga.start.Throttled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** What a starter starts, and what it says of names that are in use. */
class LambdaStarterTest extends StarterOnServer {
    private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:place-order";
    private static final String OTHER_BYTES = "{ \"card\":\"4711-0815\", \"item\":\"book\" }";

    @Test
    void a_payload_is_started_byte_for_byte_under_its_name() {
        assertThat(start("order-1", OTHER_BYTES))
                .isEqualTo(new Accepted("order-1", ARN + ":7/durable-execution/order-1/1"));
        assertThat(server.started("order-1").orElseThrow().payload()).isEqualTo(OTHER_BYTES);
    }

    @Test
    void starting_twice_is_starting_once() {
        StartAnswer first = start("order-1", PAYLOAD);

        assertThat(start("order-1", PAYLOAD)).isEqualTo(first);
        assertThat(server.started("order-1").orElseThrow().starts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 2"})
    void a_name_in_use_for_the_same_value_in_other_bytes_is_the_execution_that_exists(boolean named, int lists) {
        server.nameConflicts(named);
        StartAnswer first = start("order-1", PAYLOAD);

        assertThat(start("order-1", OTHER_BYTES)).isEqualTo(first);
        assertThat(server.requests(Operation.LIST)).isEqualTo(lists);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_name_in_use_for_another_payload_is_a_conflict(boolean named) {
        server.nameConflicts(named);
        start("order-1", PAYLOAD);

        assertThat(start("order-1", "{\"item\":\"pen\"}"))
                .isEqualTo(new Conflict("execution 'order-1' of place-order:7: the name is in use for another input"));
    }

    @Test
    void a_name_in_use_on_an_earlier_version_for_the_same_payload_is_the_execution_that_exists() {
        StartAnswer first = on("place-order:5").start(new StartRequest("order-1", PAYLOAD, LONG));

        assertThat(start("order-1", PAYLOAD)).isEqualTo(first);
    }

    @Test
    void a_name_in_use_that_cannot_be_found_is_a_conflict_that_says_where_it_was_looked_for() {
        on("place-order:8").start(new StartRequest("order-1", PAYLOAD, LONG));

        assertThat(((Conflict) start("order-1", PAYLOAD)).detail())
                .contains("not among those of version 7 and the 10 before it");
    }

    @Test
    void a_name_in_use_by_another_function_is_a_conflict() {
        server.nameConflicts(true);
        on("other:7").start(new StartRequest("order-1", PAYLOAD, LONG));

        assertThat(((Conflict) start("order-1", PAYLOAD)).detail()).contains("another function", ":function:other:7");
    }

    @Test
    void a_name_in_use_that_may_not_be_read_is_a_conflict_that_names_the_permissions() {
        start("order-1", PAYLOAD);
        server.faults(call -> call.operation() == Operation.INVOKE ? Fault.NONE : Fault.FORBIDDEN_403);

        assertThat(((Conflict) start("order-1", OTHER_BYTES)).detail())
                .contains("lambda:ListDurableExecutionsByFunction", "lambda:GetDurableExecution");
    }

    @Test
    void a_name_in_use_whose_input_is_not_handed_out_is_a_conflict() {
        server.keepPayloads(false);
        start("order-1", PAYLOAD);

        assertThat(((Conflict) start("order-1", OTHER_BYTES)).detail()).contains("does not hand out");
    }

    @ParameterizedTest
    @CsvSource({"LIST", "GET"})
    void a_service_that_is_busy_while_a_name_is_looked_up_decides_nothing(Operation looking) {
        start("order-1", PAYLOAD);
        server.faults(call -> call.operation() == looking ? Fault.THROTTLED_429 : Fault.NONE);
        assertThat(start("order-1", OTHER_BYTES)).isInstanceOf(Throttled.class);

        for (Fault fault : List.of(Fault.ERROR_500, Fault.ERROR_503, Fault.BROKEN_BEFORE, Fault.HALF_AN_ANSWER)) {
            server.faults(call -> call.operation() == looking ? fault : Fault.NONE);
            assertThat(start("order-1", OTHER_BYTES))
                    .as(fault.toString())
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.passing()).isTrue());
        }
    }

    @Test
    void an_alias_starts_on_the_version_it_points_to_and_finds_what_it_started() {
        server.alias("live", 7);
        LambdaStarter live = on(ARN + ":live");
        StartAnswer first = live.start(new StartRequest("order-1", PAYLOAD, LONG));

        assertThat(first).isEqualTo(new Accepted("order-1", ARN + ":7/durable-execution/order-1/1"));
        assertThat(live.start(new StartRequest("order-1", OTHER_BYTES, LONG))).isEqualTo(first);
        assertThat(live).hasToString("starter of executions on " + ARN + ":live");
    }

    @Test
    void an_alias_that_has_moved_may_hide_what_it_started_before() {
        server.alias("live", 7);
        LambdaStarter live = on("place-order:live");
        StartAnswer first = live.start(new StartRequest("order-1", PAYLOAD, LONG));
        server.alias("live", 8);

        assertThat(((Conflict) live.start(new StartRequest("order-1", PAYLOAD, LONG))).detail())
                .contains("alias 'live'", "before it was moved");
        server.listAllVersions(true);
        assertThat(live.start(new StartRequest("order-1", PAYLOAD, LONG))).isEqualTo(first);
    }

    @Test
    void a_payload_that_is_too_large_is_refused_before_it_is_sent() {
        String fits = "\"" + "é".repeat(512 * 1024 - 1) + "\"";
        assertThat(start("fits", fits)).isInstanceOf(Accepted.class);

        assertThat(((Refused) start("large", fits + " ")).detail())
                .contains("1048577 bytes", "1048576", "on a reference");
        assertThat(starter.largestPayload()).isEqualTo(1024 * 1024);
        assertThat(server.requests(Operation.INVOKE)).isEqualTo(1);
    }

    @Test
    void a_payload_that_is_no_JSON_is_refused_by_the_service() {
        assertThat(((Refused) start("order-1", "4711-0815")).detail())
                .contains("InvalidRequestContentException", "400")
                .doesNotContain("4711");
    }

    @Test
    void a_start_whose_arn_or_failure_the_service_tells_or_not_is_a_start() {
        LambdaClient odd = new LambdaClient() {
            @Override
            public InvokeResponse invoke(InvokeRequest request) {
                return InvokeResponse.builder()
                        .statusCode(202)
                        .functionError("Unhandled")
                        .build();
            }

            @Override
            public String serviceName() {
                return "lambda";
            }

            @Override
            public void close() {}
        };

        assertThat(LambdaStarter.of(odd, "place-order:7").start(new StartRequest("order-1", PAYLOAD, LONG)))
                .isEqualTo(new Accepted("order-1", null));
    }

    @ParameterizedTest
    @CsvSource({
        "place-order, it names no version",
        "123456789012:function:place-order, it names no version",
        ARN + ", it names no version",
        "place-order:$LATEST, changes with every deployment",
        ARN + ":$LATEST, changes with every deployment",
        "place-order:0, is neither a version number nor an alias",
        ARN + ":li.ve, is neither a version number nor an alias",
        "place order:7, it is neither the ARN nor the name"
    })
    void a_function_without_a_version_or_alias_is_refused_with_what_to_write(String function, String wrong) {
        assertThatThrownBy(() -> on(function))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("function '" + function + "'", wrong, "place-order:7 or place-order:live");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"place-order:7", "place-order:live", "123456789012:function:place-order:a-1_b", ARN + ":12"})
    void versions_and_aliases_are_taken_by_name_or_arn(String function) {
        assertThat(on(function)).hasToString("starter of executions on " + function);
    }

    @Test
    void a_request_names_function_version_and_execution() {
        server.faults(call -> {
            assertThat(call).isEqualTo(new Call(1, Operation.INVOKE, ARN, "7", "order-1"));
            return Fault.NONE;
        });

        assertThat(on(ARN + ":7").start(new StartRequest("order-1", PAYLOAD, LONG)))
                .isInstanceOf(Accepted.class);
    }

    private LambdaStarter on(String function) {
        return LambdaStarter.of(lambda, function);
    }
}
