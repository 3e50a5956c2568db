package io.durablesaga.client;

import static io.durablesaga.client.Orders.PLACE_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.client.Orders.Order;
import io.durablesaga.client.Orders.Receipt;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.Decisions;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** What docs/aws.md shows of starting and operating. */
class OperatingTest {
    private final FakeLambda fake = new FakeLambda();
    private final LambdaClient lambda = fake;

    @Test
    void an_order_is_started_on_a_version() {
        String placeOrderVersion = FakeLambda.FUNCTION + ":3";
        Order order = Orders.order("book");

        // aws.md: start
        SagaClient<Order, Receipt> orders = SagaClient.of(lambda, PLACE_ORDER, placeOrderVersion);

        StartedExecution started = orders.start("order-123", order);
        // aws.md: end

        assertThat(started.arn()).isEqualTo(fake.execution("order-123").arn);
    }

    @Test
    void an_order_is_asked_how_it_stands() {
        SagaClient<Order, Receipt> orders = SagaClient.of(lambda, PLACE_ORDER, "place-order:3");
        orders.start("order-123", Orders.order("book"));
        fake.execution("order-123").fails("SagaStuck", "stuck", Orders.json(Orders.STUCK));
        List<String> tickets = new ArrayList<>();

        // aws.md: status
        Optional<SagaStatus<Receipt>> status = orders.status("order-123");
        if (status.isPresent() && status.get() instanceof SagaStatus.Ended<Receipt> ended) {
            if (ended.result() instanceof SagaResult.Completed<Receipt> completed) {
                tickets.add("thank you: " + completed.value());
            } else if (ended.result() instanceof SagaResult.Stuck<Receipt> stuck) {
                for (EffectReport effect : stuck.open()) {
                    tickets.add("look at " + effect.path() + ", key " + effect.actionKey());
                }
            }
        }
        // aws.md: end

        assertThat(tickets).containsExactly("look at charge-card, key charge-key");
    }

    @Test
    void a_person_decides_a_parked_order() {
        SagaClient<Order, Receipt> orders = SagaClient.of(lambda, PLACE_ORDER, "place-order:3");
        orders.start("order-123", Orders.order("book"));
        FakeExecution execution = fake.execution("order-123");
        execution.opensCallback("decide:charge-card", Duration.ofDays(7));

        // aws.md: decide
        SagaCallbacks callbacks = SagaCallbacks.of(lambda);
        for (OpenCallback open : orders.openCallbacks("order-123")) {
            if (open.decision()) {
                callbacks.decide(open.id(), new Decision.Resolved("refunded by hand, ticket 4711"));
            }
        }
        // aws.md: end

        assertThat(Decisions.read(execution.answers.get("decide:charge-card")))
                .contains(new Decision.Resolved("refunded by hand, ticket 4711"));
    }

    @Test
    void a_webhook_answers_what_an_order_waits_for() {
        fake.started("order-123", "3", "{}").opensCallback("await:approve", Duration.ofHours(1));
        SagaClient<Order, Receipt> orders = SagaClient.of(lambda, PLACE_ORDER, "place-order:3");
        String callbackId = orders.openCallbacks("order-123").get(0).id();

        // aws.md: answer
        CallbackAnswer answer = SagaCallbacks.of(lambda).complete(callbackId, "{\"approved\":true}");
        // aws.md: end

        assertThat(answer).isEqualTo(CallbackAnswer.ACCEPTED);
    }
}
