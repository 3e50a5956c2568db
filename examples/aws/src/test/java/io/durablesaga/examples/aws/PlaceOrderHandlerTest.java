package io.durablesaga.examples.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.examples.order.Money;
import io.durablesaga.examples.order.Order;
import io.durablesaga.examples.order.Receipt;
import io.durablesaga.lambda.LambdaSettings;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.lambda.durable.DurableConfig;
import software.amazon.lambda.durable.TypeToken;
import software.amazon.lambda.durable.testing.LocalDurableTestRunner;
import software.amazon.lambda.durable.testing.TestResult;
import software.amazon.lambda.durable.testing.local.LocalMemoryExecutionClient;

/** The durable function in the SDK's local runner. */
class PlaceOrderHandlerTest {
    private final Services services = Services.inMemory();

    // aws.md: local runner
    private TestResult<SagaResult<Receipt>> place(Order order) {
        LambdaSettings settings = LambdaSettings.defaults()
                .executionTimeout(Duration.ofDays(10)) // as the template says
                .sdk(DurableConfig.builder()
                        .withDurableExecutionClient(new LocalMemoryExecutionClient()) // no AWS
                        .build());
        PlaceOrderHandler handler = new PlaceOrderHandler(services, settings);
        return LocalDurableTestRunner.create(Order.class, handler::handleRequest, handler.configuration())
                .withOutputType(new TypeToken<SagaResult<Receipt>>() {})
                .runUntilComplete(order);
    }

    @Test
    void an_order_is_charged_and_sent() {
        TestResult<SagaResult<Receipt>> result =
                place(new Order("espresso cup", 2, new Money(58_00), "card-7", "1 Harbour Street"));

        assertThat(result.getResult()).isInstanceOf(SagaResult.Completed.class);
        assertThat(result.getOperations()).hasSize(3);
        assertThat(services.money().balance()).isEqualTo(58_00);
    }

    @Test
    void stock_is_released_when_the_card_is_declined() {
        TestResult<SagaResult<Receipt>> result =
                place(new Order("espresso cup", 2, new Money(580_00), "card-7", "1 Harbour Street"));

        assertThat(result.getResult()).isInstanceOf(SagaResult.Compensated.class);
        assertThat(result.getOperation("charge-card").getStatus()).isEqualTo(OperationStatus.FAILED);
        assertThat(services.stock().balance()).isEqualTo(1_000);
        assertThat(services.money().balance()).isZero();
    }
    // aws.md: end
}
