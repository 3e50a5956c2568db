package io.durablesaga.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.client.Orders.Order;
import io.durablesaga.client.Orders.Receipt;
import io.durablesaga.result.SagaStatus;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Which execution a name stands for. */
class FindTest {
    private final FakeLambda lambda = new FakeLambda();
    private final SagaClient<Order, Receipt> client = SagaClient.of(lambda, Orders.PLACE_ORDER, "place-order:3");

    @Test
    void a_name_is_not_one_that_contains_it() {
        lambda.started("order-10", "3", "{}").timesOut();
        lambda.started("my-order-1", "3", "{}").timesOut();
        lambda.started("order-11", "3", "{}").timesOut();
        lambda.started("order-1", "3", "{}").succeeds(Orders.json(Orders.COMPLETED));
        lambda.started("order-12", "3", "{}").timesOut();

        assertThat(client.status("order-1")).contains(new SagaStatus.Ended<>(Orders.COMPLETED));
        assertThat(client.status("order")).isEmpty();
    }

    @Test
    void the_newest_counts_where_a_name_was_used_again() {
        lambda.started("order-1", "3", "{}").timesOut();
        lambda.started("order-1", "3", "{}").timesOut();
        lambda.started("order-1", "3", "{}").succeeds(Orders.json(Orders.COMPLETED));

        assertThat(client.status("order-1")).contains(new SagaStatus.Ended<>(Orders.COMPLETED));
    }

    @Test
    void the_newest_counts_across_versions_where_the_service_lists_all_of_them() {
        lambda.listsAllVersions = true;
        lambda.started("order-1", "3", "{}").timesOut();
        lambda.versions.add("4");
        lambda.started("order-1", "4", "{}").succeeds(Orders.json(Orders.COMPLETED));

        assertThat(client.status("order-1")).contains(new SagaStatus.Ended<>(Orders.COMPLETED));
    }

    @Test
    void an_execution_of_an_earlier_version_is_found() {
        lambda.started("order-1", "1", "{}").succeeds(Orders.json(Orders.COMPLETED));

        assertThat(client.status("order-1")).contains(new SagaStatus.Ended<>(Orders.COMPLETED));
        assertThat(lambda.requests).containsExactly("list 3", "list null", "list 2", "list 1", "get");
    }

    @Test
    void a_version_that_has_been_deleted_is_passed_over() {
        lambda.started("order-1", "1", "{}").succeeds(Orders.json(Orders.COMPLETED));
        lambda.versions.remove("2");

        assertThat(client.status("order-1")).contains(new SagaStatus.Ended<>(Orders.COMPLETED));
    }

    @Test
    void an_execution_of_a_version_long_ago_takes_its_arn() {
        lambda.versions.add("20");
        FakeExecution old = lambda.started("order-1", "1", "{}");
        old.succeeds(Orders.json(Orders.COMPLETED));
        SagaClient<Order, Receipt> later = SagaClient.of(lambda, Orders.PLACE_ORDER, "place-order:20");

        assertThat(later.status("order-1")).isEmpty();
        assertThat(lambda.requests).contains("list 10").doesNotContain("list 9");
        assertThat(later.status(old.arn)).contains(new SagaStatus.Ended<>(Orders.COMPLETED));
    }

    @Test
    void an_arn_of_another_function_is_refused() {
        String other = lambda.started("order-1", "3", "{}").arn.replace(":place-order:", ":book-trip:");

        assertThatThrownBy(() -> client.status(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("saga 'place-order'", other, "no execution of function 'place-order'");
        assertThatThrownBy(() -> client.openCallbacks(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_function_that_is_not_there_and_a_caller_that_may_not_ask_hear_so_from_the_service() {
        SagaClient<Order, Receipt> elsewhere = SagaClient.of(lambda, Orders.PLACE_ORDER, "no-such-function:3");
        assertThatThrownBy(() -> elsewhere.status("order-1")).isInstanceOf(ResourceNotFoundException.class);
        lambda.readable = false;

        assertThatThrownBy(() -> client.status("order-1"))
                .isInstanceOfSatisfying(
                        LambdaException.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
}
