package io.durablesaga.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may be made for. */
class FunctionVersionTest {
    private static final String ARN = FakeLambda.FUNCTION;

    @ParameterizedTest
    @CsvSource({
        "place-order:7, place-order, 7",
        "123456789012:function:place-order:7, 123456789012:function:place-order, 7",
        "arn:aws:lambda:eu-west-1:123456789012:function:place-order:12,"
                + " arn:aws:lambda:eu-west-1:123456789012:function:place-order, 12",
        "arn:aws-cn:lambda:cn-north-1:123456789012:function:place_order:1,"
                + " arn:aws-cn:lambda:cn-north-1:123456789012:function:place_order, 1"
    })
    void a_numbered_version_is_taken_by_name_or_arn(String text, String function, String version) {
        assertThat(FunctionVersion.numbered("place-order", text)).isEqualTo(new FunctionVersion(function, version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"place-order:$LATEST", ARN + ":$LATEST"})
    void latest_is_refused_because_its_code_changes_under_executions(String text) {
        assertThatThrownBy(() -> SagaClient.of(new FakeLambda(), Orders.PLACE_ORDER, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "saga 'place-order'", text, "changes with every deployment", "give a numbered version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"place-order:live", "123456789012:function:place-order:live", ARN + ":live", ARN + ":0"})
    void an_alias_is_refused_because_it_can_be_moved(String text) {
        assertThatThrownBy(() -> SagaClient.of(new FakeLambda(), Orders.PLACE_ORDER, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "saga 'place-order'", text, "can be moved to other code", "!Ref PlaceOrderFunction.Version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"place-order", "123456789012:function:place-order", ARN})
    void a_function_without_a_version_is_refused(String text) {
        assertThatThrownBy(() -> SagaClient.of(new FakeLambda(), Orders.PLACE_ORDER, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("saga 'place-order'", text, "it names no version", "give a numbered version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"place order:7", "a:b:c:d:e", "arn:aws:lambda:eu-west-1:1:function:x:y:7"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> FunctionVersion.numbered("place-order", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("neither the ARN nor the name", "give a numbered version");
    }

    @Test
    void a_client_says_what_it_is_for() {
        assertThat(SagaClient.of(new FakeLambda(), Orders.PLACE_ORDER, "place-order:7"))
                .hasToString("client of saga 'place-order' on place-order:7");
    }

    @Test
    void it_knows_the_executions_of_its_function_by_their_arns() {
        String execution = ARN + ":3/durable-execution/order-1/id";

        assertThat(FunctionVersion.numbered("s", ARN + ":7").owns(execution)).isTrue();
        assertThat(FunctionVersion.numbered("s", "place-order:7").owns(execution))
                .isTrue();
        assertThat(FunctionVersion.numbered("s", "order:7").owns(execution)).isFalse();
        assertThat(FunctionVersion.numbered("s", ARN.replace("eu-west-1", "eu-west-2") + ":7")
                        .owns(execution))
                .isFalse();
    }
}
