package io.durablesaga.lambda.service;

import static io.durablesaga.lambda.service.Updates.start;
import static io.durablesaga.lambda.service.Updates.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.LambdaException;

class TokenTest extends ServiceTest {

    @Test
    void each_checkpoint_is_answered_with_the_token_for_the_next_one() {
        ByHand.Invocation invocation = begin();
        String first = invocation.token;
        invocation.write(start("a"));
        String second = invocation.token;
        invocation.write(succeed("a", "1"));

        assertThat(List.of(first, second, invocation.token)).doesNotHaveDuplicates();
    }

    @Test
    void a_token_is_good_for_one_checkpoint_only() {
        ByHand.Invocation invocation = begin();
        String used = invocation.token;
        invocation.write(start("a"));

        assertInvalidToken(() -> invocation.client.checkpoint(invocation.arn(), used, List.of(succeed("a", "1"))));
        invocation.write(succeed("a", "1"));
    }

    @Test
    void a_poll_uses_a_token_up_too() {
        ByHand.Invocation invocation = begin();
        String used = invocation.token;
        invocation.poll();

        assertInvalidToken(() -> invocation.client.checkpoint(invocation.arn(), used, List.of(start("a"))));
    }

    @Test
    void a_refused_checkpoint_leaves_its_token_good() {
        ByHand.Invocation invocation = begin();
        assertRefused(() -> invocation.write(Updates.sleep("nap", 0)), "no time of 1 to");

        invocation.write(start("a"));
        assertThat(execution().operations()).hasSize(1);
    }

    @Test
    void a_missing_token_is_refused() {
        ByHand.Invocation invocation = begin();

        assertRefused(() -> invocation.client.checkpoint(invocation.arn(), null, List.of(start("a"))), "is missing");
        assertRefused(() -> invocation.client.checkpoint(invocation.arn(), "", List.of(start("a"))), "is missing");
        assertRefused(() -> invocation.client.getExecutionState(invocation.arn(), null, null), "is missing");
    }

    @Test
    void the_token_of_another_execution_is_refused_and_so_is_its_ARN() {
        ByHand.Invocation mine = begin();
        service.start(FUNCTION, "order-2", "\"shoes\"");
        ByHand.Invocation other = function.next();

        assertInvalidToken(() -> mine.client.checkpoint(mine.arn(), other.token, List.of(start("a"))));
        assertInvalidToken(() -> mine.client.checkpoint(other.arn(), mine.token, List.of(start("a"))));
        assertInvalidToken(() -> mine.client.getExecutionState(mine.arn(), other.token, null));
    }

    @Test
    void a_refusal_has_all_that_the_durable_SDK_looks_at() {
        ByHand.Invocation invocation = begin();
        LambdaException refusal = catchThrowableOfType(
                LambdaException.class,
                () -> invocation.client.checkpoint(invocation.arn(), "none", List.of(start("a"))));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValueException");
        assertThat(refusal.awsErrorDetails().sdkHttpResponse().statusCode()).isEqualTo(400);
        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo("Invalid checkpoint token");
    }

    @Test
    void what_a_superseded_invocation_writes_is_refused() {
        ByHand.Invocation former = begin();
        former.write(start("a"));
        service.supersede(NAME);
        ByHand.Invocation latter = function.next();

        assertInvalidToken(() -> former.write(succeed("a", "1")));
        assertInvalidToken(former::poll);
        assertInvalidToken(() -> former.client.getExecutionState(former.arn(), former.token, null));
        latter.write(succeed("a", "2"));
        assertThat(execution().operation("a").stepDetails().result()).isEqualTo("2");
    }

    @Test
    void how_a_superseded_invocation_ends_does_not_count() {
        ByHand.Invocation former = begin();
        service.supersede(NAME);
        ByHand.Invocation latter = function.next();
        former.succeeds("\"former\"");
        latter.succeeds("\"latter\"");
        service.settle();

        assertThat(execution().result()).isEqualTo("\"latter\"");
    }

    @Test
    void nothing_is_written_once_the_execution_has_ended() {
        ByHand.Invocation invocation = begin();
        service.stop(NAME, Updates.error("enough"));

        assertInvalidToken(() -> invocation.write(start("a")));
        assertThat(execution().operations()).isEmpty();
    }
}
