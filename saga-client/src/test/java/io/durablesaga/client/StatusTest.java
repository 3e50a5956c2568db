package io.durablesaga.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.client.Orders.Order;
import io.durablesaga.client.Orders.Receipt;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.model.EventType;

/** Where executions stand. */
class StatusTest {
    private final FakeLambda lambda = new FakeLambda();
    private final SagaClient<Order, Receipt> client = SagaClient.of(lambda, Orders.PLACE_ORDER, "place-order:3");
    private FakeExecution order;

    @BeforeEach
    void start() {
        order = lambda.started("order-1", "3", "{}");
    }

    @Test
    void what_the_service_does_not_know_has_no_status() {
        assertThat(client.status("order-2")).isEmpty();
        assertThat(client.status(order.arn.replace("order-1", "order-2"))).isEmpty();
        assertThat(client.openCallbacks("order-2")).isEmpty();
        assertThat(client.openCallbacks(order.arn.replace("order-1", "order-2")))
                .isEmpty();
    }

    @Test
    void an_execution_runs_while_a_step_of_it_does() {
        assertStatus(new SagaStatus.Running<>());
        order.startsStep("charge-card");
        order.opensCallback("await:approve", Duration.ofHours(1));
        assertStatus(new SagaStatus.Running<>());
        order.completesStep("charge-card");
        order.answer(client.openCallbacks("order-1").get(0).id(), EventType.CALLBACK_SUCCEEDED, "{}");

        assertStatus(new SagaStatus.Running<>());
    }

    @Test
    void an_execution_waits_until_the_first_thing_that_goes_on_by_itself() {
        Instant asked = order.now();
        order.opensCallback("await:approve", Duration.ofHours(1));
        assertStatus(new SagaStatus.Waiting<>(asked.plus(Duration.ofHours(1))));
        Instant slept = order.now();
        order.sleeps("cool-down", Duration.ofMinutes(10));
        order.suspends();
        assertStatus(new SagaStatus.Waiting<>(slept.plus(Duration.ofMinutes(10))));
        order.wakes("cool-down");

        assertStatus(new SagaStatus.Waiting<>(asked.plus(Duration.ofHours(1))));
    }

    @Test
    void an_execution_waits_for_the_next_attempt_of_a_step() {
        order.startsStep("charge-card");
        Instant failed = order.now();
        order.failsStep("charge-card", Duration.ofSeconds(30));
        assertStatus(new SagaStatus.Waiting<>(failed.plusSeconds(30)));
        order.startsStep("charge-card");
        assertStatus(new SagaStatus.Running<>());
        order.failsStep("charge-card", Duration.ZERO);

        assertStatus(new SagaStatus.Running<>());
    }

    @Test
    void an_execution_waits_for_the_next_look_of_a_poll() {
        order.startsStep("parcel-delivered");
        Instant looked = order.now();
        order.looks("parcel-delivered", Duration.ofMinutes(5));

        assertStatus(new SagaStatus.Waiting<>(looked.plus(Duration.ofMinutes(5))));
    }

    @Test
    void an_execution_waits_for_another_one_and_nobody_knows_how_long() {
        order.invokes("bill");

        assertStatus(new SagaStatus.Waiting<>(null));
    }

    @Test
    void an_execution_is_parked_while_a_person_has_to_decide_whatever_else_it_does() {
        order.startsStep("ship-parcel");
        order.opensCallback("await:approve", Duration.ofHours(1));
        Instant parked = order.now();
        String id = order.opensCallback("decide:charge-card", Duration.ofDays(7));

        assertStatus(new SagaStatus.Parked<>(
                List.of(new SagaStatus.ParkedDecision("charge-card", id, parked.plus(Duration.ofDays(7))))));
    }

    @Test
    void a_decision_without_a_limit_has_all_the_time_there_is() {
        String id = order.opensCallback("decide:charge-card", Duration.ZERO);

        assertStatus(new SagaStatus.Parked<>(List.of(new SagaStatus.ParkedDecision("charge-card", id, Instant.MAX))));
    }

    @Test
    void an_execution_that_completed_is_ended_with_what_it_yields() {
        order.succeeds(Orders.json(Orders.COMPLETED));

        assertStatus(new SagaStatus.Ended<>(Orders.COMPLETED));
    }

    @Test
    void an_execution_that_was_undone_is_ended_whether_it_returned_or_failed() {
        order.succeeds(Orders.json(Orders.COMPENSATED));
        assertStatus(new SagaStatus.Ended<>(Orders.COMPENSATED));
        order = lambda.started("order-2", "3", "{}");
        order.fails("SagaCompensated", "undone", Orders.json(Orders.COMPENSATED));

        assertStatus(new SagaStatus.Ended<>(Orders.COMPENSATED));
    }

    @Test
    void an_execution_that_is_stuck_is_ended_and_lists_what_is_open() {
        order.fails("SagaStuck", "saga 'place-order' is stuck", Orders.json(Orders.STUCK));

        assertStatus(new SagaStatus.Ended<>(Orders.STUCK));
    }

    @Test
    void an_execution_that_failed_otherwise_is_dead_and_says_of_what() {
        order.fails("java.lang.OutOfMemoryError", "Java heap space", null);

        assertStatus(new SagaStatus.Dead<>("failed: java.lang.OutOfMemoryError: Java heap space"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "not JSON", "{\"sagaResult\":\"stuck\",\"saga\":\"place-order\"}"})
    void a_failure_whose_result_does_not_read_is_dead_and_claims_nothing(String data) {
        order.fails("SagaStuck", "stuck", data);

        assertStatus(new SagaStatus.Dead<>("failed: SagaStuck: stuck; its result does not read"));
    }

    @Test
    void an_execution_that_the_service_ended_is_dead() {
        order.isStopped("Operator", "wrong customer");
        assertStatus(new SagaStatus.Dead<>("stopped: Operator: wrong customer"));
        order = lambda.started("order-2", "3", "{}");
        order.timesOut();

        assertStatus(new SagaStatus.Dead<>("timed out"));
    }

    @Test
    void a_result_that_the_service_does_not_hand_out_is_not_taken_for_none() {
        order.succeeds(null);

        assertThatThrownBy(() -> client.status("order-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("execution 'order-1'", "may this caller read it?");
    }

    @Test
    void a_history_of_many_pages_is_read_to_its_end() {
        for (int step = 0; step < 40; step++) {
            order.startsStep("step-" + step);
            order.completesStep("step-" + step);
        }
        String id = order.opensCallback("decide:charge-card", Duration.ofDays(7));

        assertThat(client.openCallbacks("order-1")).singleElement().satisfies(open -> {
            assertThat(open.id()).isEqualTo(id);
            assertThat(open.decision()).isTrue();
        });
        assertThat(lambda.requests).filteredOn("history"::equals).hasSize(41);
    }

    private void assertStatus(SagaStatus<Receipt> expected) {
        assertThat(client.status(order.arn)).contains(expected);
        assertThat(client.status(order.name)).contains(expected);
    }
}
