package io.durablesaga.examples.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.dispatcher.BusinessKey;
import io.durablesaga.dispatcher.Received;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.examples.order.Money;
import io.durablesaga.examples.order.Order;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Orders as the templates say they come, with their number, are what the order saga takes. */
class OrderInputTest {
    private static final Order CUPS = new Order("espresso cup", 2, new Money(58_00), "card-7", "1 Harbour Street");
    private final SagaJson json = SagaJson.standard();

    @Test
    void a_number_beside_what_an_order_says_names_it_and_is_passed_over_by_the_saga() throws JsonProcessingException {
        String numbered = json.write(CUPS).replaceFirst("\\{", "{\"orderId\":\"4711\",");

        assertThat(numberOf(Source.SQS, numbered)).isEqualTo("4711");
        assertThat(json.read(numbered, Order.class)).isEqualTo(CUPS);
    }

    @Test
    void a_standing_order_is_numbered_by_its_scheduled_time_and_is_the_same_in_every_attempt()
            throws JsonProcessingException {
        String input = Stack.of(Template.read(Source.SCHEDULER.file)).textAt("StandingOrder", "Target/Input");
        assertThat(input).doesNotContain("<aws.scheduler.execution-id>", "<aws.scheduler.attempt-number>");

        String monday = input.replace("<aws.scheduler.scheduled-time>", "2026-03-02T06:00:00Z");
        assertThat(monday).doesNotContain("<aws.");
        assertThat(numberOf(Source.SCHEDULER, monday)).isEqualTo("shop-orders-in-2026-03-02T06:00:00Z");
        assertThat(json.read(monday, Order.class)).isEqualTo(CUPS);
    }

    private String numberOf(Source source, String body) throws JsonProcessingException {
        JsonNode tree = json.mapper().readTree(body);
        String place =
                FunctionPromises.variables(Stack.of(Template.read(source.file))).get("DISPATCH_KEY");
        return BusinessKey.at(place).of(new Received(tree, Map.of(), Optional.empty()));
    }
}
