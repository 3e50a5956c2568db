package io.durablesaga.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.client.Orders.Order;
import io.durablesaga.client.Orders.Receipt;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.Decisions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What executions wait for, and how it is answered. */
class CallbackTest {
    private final FakeLambda lambda = new FakeLambda();
    private final SagaClient<Order, Receipt> client = SagaClient.of(lambda, Orders.PLACE_ORDER, "place-order:3");
    private final SagaCallbacks callbacks = SagaCallbacks.of(lambda);
    private final FakeExecution order = lambda.started("order-1", "3", "{}");

    @Test
    void open_callbacks_are_listed_with_path_and_id_oldest_first() {
        Instant start = order.now();
        String approve = order.opensCallback("await:approve/manager", Duration.ofHours(1));
        String answered = order.opensCallback("await:answered", Duration.ofHours(1));
        String late = order.opensCallback("await:late", Duration.ofSeconds(1));
        String charge = order.opensCallback("decide:charge-card", Duration.ofDays(7));
        order.opensCallback("somebody-elses", Duration.ofHours(1));
        callbacks.complete(answered, "{}");
        order.callbackTimesOut(late);

        assertThat(client.openCallbacks("order-1"))
                .isEqualTo(client.openCallbacks(order.arn))
                .containsExactly(
                        new OpenCallback("approve/manager", approve, false, start.plus(Duration.ofHours(1))),
                        new OpenCallback(
                                "charge-card",
                                charge,
                                true,
                                start.plusSeconds(3).plus(Duration.ofDays(7))));
    }

    @Test
    void an_execution_that_has_ended_waits_for_nobody() {
        String approve = order.opensCallback("await:approve", Duration.ofHours(1));
        order.isStopped(null, null);

        assertThat(client.openCallbacks("order-1")).isEmpty();
        assertThat(callbacks.complete(approve, "{}")).isEqualTo(CallbackAnswer.LATE);
    }

    @Test
    void a_callback_is_completed_with_a_payload_as_it_is() {
        String approve = order.opensCallback("await:approve", Duration.ofHours(1));

        assertThat(callbacks.complete(approve, "yes, by all means")).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(order.answers).containsEntry("await:approve", "yes, by all means");
    }

    @Test
    void a_callback_is_completed_with_a_value_written_as_json() {
        String approve = order.opensCallback("await:approve", Duration.ofHours(1));
        String remind = order.opensCallback("await:remind", Duration.ofHours(1));

        assertThat(callbacks.completeWith(approve, new Receipt("charge-1"))).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(callbacks.completeWith(remind, "yes")).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(order.answers)
                .containsEntry("await:approve", "{\"charge\":\"charge-1\"}")
                .containsEntry("await:remind", "\"yes\"");
    }

    @Test
    void a_callback_is_failed_with_an_error_cut_to_what_is_kept() {
        String approve = order.opensCallback("await:approve", Duration.ofHours(1));
        String remind = order.opensCallback("await:remind", Duration.ofHours(1));

        assertThat(callbacks.fail(approve, "nobody there")).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(callbacks.fail(remind, "x".repeat(5_000))).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(order.answers).containsEntry("await:approve", "nobody there");
        assertThat(order.answers.get("await:remind")).hasSize(4_001).endsWith("x…");
    }

    @Test
    void a_heartbeat_leaves_a_callback_open() {
        String approve = order.opensCallback("await:approve", Duration.ofHours(1));

        assertThat(callbacks.heartbeat(approve)).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(order.heartbeats).isEqualTo(1);
        assertThat(client.openCallbacks("order-1")).hasSize(1);
    }

    @Test
    void a_parked_decision_is_answered_with_the_decision() {
        order.opensCallback("decide:charge-card", Duration.ofDays(7));
        Decision decision = new Decision.Resolved("refunded by hand");

        assertThat(callbacks.decide(client.openCallbacks("order-1").get(0).id(), decision))
                .isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(Decisions.read(order.answers.get("decide:charge-card"))).contains(decision);
    }

    @Test
    void what_was_answered_before_and_what_has_timed_out_are_both_late() {
        String approve = order.opensCallback("await:approve", Duration.ofHours(1));
        String remind = order.opensCallback("await:remind", Duration.ofHours(1));
        callbacks.complete(approve, "yes");
        order.callbackTimesOut(remind);

        assertThat(callbacks.complete(approve, "no")).isEqualTo(CallbackAnswer.LATE);
        assertThat(callbacks.fail(approve, "no")).isEqualTo(CallbackAnswer.LATE);
        assertThat(callbacks.heartbeat(approve)).isEqualTo(CallbackAnswer.LATE);
        assertThat(callbacks.complete(remind, "yes")).isEqualTo(CallbackAnswer.LATE);
        assertThat(order.answers).containsOnlyKeys("await:approve").containsEntry("await:approve", "yes");
    }

    @Test
    void an_id_that_the_service_cannot_read_is_unknown() {
        assertThat(callbacks.complete("no such id", "yes")).isEqualTo(CallbackAnswer.UNKNOWN);
        assertThat(callbacks.fail("no such id", "no")).isEqualTo(CallbackAnswer.UNKNOWN);
        assertThat(callbacks.heartbeat("no such id")).isEqualTo(CallbackAnswer.UNKNOWN);
    }

    @Test
    void a_payload_may_be_as_large_as_the_service_takes() {
        String approve = order.opensCallback("await:approve", Duration.ofHours(1));

        assertThat(callbacks.complete(approve, "x".repeat(256 * 1024))).isEqualTo(CallbackAnswer.ACCEPTED);
    }

    @Test
    void a_payload_larger_than_the_service_takes_is_refused_and_leaves_the_callback_open() {
        String approve = order.opensCallback("await:approve", Duration.ofHours(1));

        assertThatThrownBy(() -> callbacks.complete(approve, "x".repeat(256 * 1024 + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(approve, "262145", "with a reference");
        assertThatThrownBy(() -> callbacks.completeWith(approve, new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(approve, "cannot be written as JSON");
        assertThat(client.openCallbacks("order-1")).hasSize(1);
    }
}
