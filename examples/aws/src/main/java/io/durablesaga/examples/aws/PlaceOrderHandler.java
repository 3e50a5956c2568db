package io.durablesaga.examples.aws;

import io.durablesaga.examples.order.Order;
import io.durablesaga.examples.order.Receipt;
import io.durablesaga.lambda.LambdaSettings;
import io.durablesaga.lambda.SagaHandler;

// aws.md: a function
/** Places orders, as a durable function. */
public final class PlaceOrderHandler extends SagaHandler<Order, Receipt> {
    /** What Lambda calls once per sandbox. */
    public PlaceOrderHandler() {
        super(Services.ofEnvironment().placeOrder());
    }
    // aws.md: end

    PlaceOrderHandler(Services services, LambdaSettings settings) {
        super(services.placeOrder(), settings);
    }
}
