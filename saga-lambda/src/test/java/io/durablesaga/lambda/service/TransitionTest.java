package io.durablesaga.lambda.service;

import static io.durablesaga.lambda.service.Updates.callback;
import static io.durablesaga.lambda.service.Updates.context;
import static io.durablesaga.lambda.service.Updates.error;
import static io.durablesaga.lambda.service.Updates.fail;
import static io.durablesaga.lambda.service.Updates.invoke;
import static io.durablesaga.lambda.service.Updates.retry;
import static io.durablesaga.lambda.service.Updates.sleep;
import static io.durablesaga.lambda.service.Updates.start;
import static io.durablesaga.lambda.service.Updates.step;
import static io.durablesaga.lambda.service.Updates.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;

class TransitionTest extends ServiceTest {

    @Test
    void a_step_is_started_and_succeeds() {
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"));
        assertThat(status("a")).isEqualTo(OperationStatus.STARTED);
        invocation.write(succeed("a", "1"));

        Operation step = execution().operation("a");
        assertThat(step.status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(step.stepDetails().result()).isEqualTo("1");
        assertThat(step.stepDetails().attempt()).isEqualTo(1);
        assertThat(step.endTimestamp()).isEqualTo(service.now());
    }

    @Test
    void a_step_fails_with_its_error() {
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"), fail("a"));

        assertThat(status("a")).isEqualTo(OperationStatus.FAILED);
        assertThat(execution().operation("a").stepDetails().error()).isEqualTo(error("a is broken"));
    }

    @Test
    void a_retry_waits_is_ready_and_starts_again() {
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"));
        invocation.write(retry("a", 2));
        assertThat(status("a")).isEqualTo(OperationStatus.PENDING);
        assertThat(execution().operation("a").stepDetails().attempt()).isEqualTo(1);
        assertThat(execution().nextTimer()).isEqualTo(service.now().plusSeconds(2));
        assertRefused(() -> invocation.write(start("a")), "is not possible, it is PENDING");
        assertRefused(() -> invocation.write(succeed("a", "1")), "is not possible, it is PENDING");
        advance(2);
        assertThat(status("a")).isEqualTo(OperationStatus.READY);
        invocation.write(start("a"));
        invocation.write(succeed("a", "1"));

        assertThat(execution().operation("a").stepDetails().attempt()).isEqualTo(2);
        assertThat(execution().operation("a").stepDetails().error()).isNull();
    }

    @Test
    void a_condition_keeps_what_it_knows_from_look_to_look() {
        ByHand.Invocation invocation = begin();
        OperationUpdate again = step(OperationAction.RETRY, "a")
                .payload("\"seen\"")
                .stepOptions(options -> options.nextAttemptDelaySeconds(1))
                .build();
        invocation.write(start("a"), again);
        advance(1);
        invocation.write(start("a"));

        assertThat(execution().operation("a").stepDetails().result()).isEqualTo("\"seen\"");
    }

    @Test
    void a_step_may_end_whose_start_was_never_heard_of() {
        ByHand.Invocation invocation = begin();
        invocation.write(succeed("a", "1"), fail("b"), retry("c", 1));

        assertThat(execution().operations()).hasSize(3);
    }

    @Test
    void a_step_that_is_started_is_not_started_again() {
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"));

        assertRefused(() -> invocation.write(start("a")), "START of STEP 'a' (a) is not possible, it is STARTED");
    }

    @Test
    void nothing_happens_to_an_operation_that_has_ended() {
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"), succeed("a", "1"), start("b"), fail("b"));

        for (String step : List.of("a", "b")) {
            for (OperationUpdate update : List.of(start(step), succeed(step, "2"), fail(step), retry(step, 1))) {
                assertRefused(() -> invocation.write(update), "is not possible");
            }
        }
    }

    @Test
    void what_the_service_ends_is_started_once_and_not_ended_by_the_function() {
        ByHand.Invocation invocation = begin();
        service.register("other", new ByHand());
        List<OperationUpdate> starts = List.of(sleep("nap", 5), callback("ask", 5, 0), invoke("pay", "other", "1"));
        starts.forEach(invocation::write);

        for (OperationUpdate start : starts) {
            assertRefused(() -> invocation.write(start), "is not possible, it is STARTED");
            for (OperationAction action : List.of(OperationAction.SUCCEED, OperationAction.FAIL)) {
                assertRefused(
                        () -> invocation.write(start.toBuilder().action(action).build()), "is no action for its type");
            }
        }
    }

    @Test
    void a_context_is_started_and_ended_once() {
        ByHand.Invocation invocation = begin();
        invocation.write(context(OperationAction.START, "c").build());
        assertRefused(() -> invocation.write(context(OperationAction.START, "c").build()), "is not possible");
        assertRefused(() -> invocation.write(context(OperationAction.RETRY, "c").build()), "no action for its type");
        invocation.write(context(OperationAction.SUCCEED, "c")
                .payload("1")
                .contextOptions(options -> options.replayChildren(true))
                .build());
        assertRefused(
                () -> invocation.write(context(OperationAction.SUCCEED, "c").build()), "is not possible");

        assertThat(execution().operation("c").contextDetails().result()).isEqualTo("1");
        assertThat(execution().operation("c").contextDetails().replayChildren()).isTrue();
    }

    @Test
    void a_parent_is_a_context_that_is_known_by_then() {
        ByHand.Invocation invocation = begin();
        OperationUpdate child = step(OperationAction.START, "a").parentId("c").build();
        assertRefused(() -> invocation.write(child), "no context of this execution");
        invocation.write(context(OperationAction.START, "c").build(), child);
        assertRefused(
                () -> invocation.write(
                        step(OperationAction.START, "b").parentId("a").build()),
                "no context of this execution");
    }

    @Test
    void type_name_subtype_and_parent_stay_what_they_are() {
        ByHand.Invocation invocation = begin();
        invocation.write(context(OperationAction.START, "c").build(), start("a"));
        OperationUpdate.Builder end = step(OperationAction.SUCCEED, "a");

        assertRefused(() -> invocation.write(end.copy().name("b").build()), "changes its name, which is 'a'");
        assertRefused(() -> invocation.write(end.copy().subType("Other").build()), "changes its subtype");
        assertRefused(() -> invocation.write(end.copy().parentId("c").build()), "changes its parent");
        assertRefused(
                () -> invocation.write(
                        context(OperationAction.SUCCEED, "a").subType("Step").build()),
                "changes its type, which is STEP");
    }

    @Test
    void one_checkpoint_holds_one_update_of_an_operation_or_a_start_and_one_more() {
        ByHand.Invocation invocation = begin();
        assertRefused(() -> invocation.write(start("a"), start("a")), "in the same checkpoint");
        assertRefused(() -> invocation.write(start("a"), succeed("a", "1"), succeed("a", "1")), "same checkpoint");
        assertRefused(() -> invocation.write(sleep("nap", 1), sleep("nap", 1)), "in the same checkpoint");

        invocation.write(start("a"), succeed("a", "1"));
    }

    @Test
    void the_updates_of_a_checkpoint_are_applied_all_or_none() {
        ByHand.Invocation invocation = begin();
        assertRefused(() -> invocation.write(start("a"), sleep("nap", 5), start("b"), sleep("never", 0)), "never");
        assertThat(execution().operations()).isEmpty();
        assertThat(execution().metered()).isZero();
        assertThat(execution().nextTimer()).isNull();
    }

    @Test
    void an_end_carries_a_result_or_an_error() {
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"));

        assertRefused(
                () -> invocation.write(
                        step(OperationAction.SUCCEED, "a").error(error("x")).build()),
                "carries an error");
        assertRefused(
                () -> invocation.write(
                        step(OperationAction.FAIL, "a").payload("1").build()),
                "carries a payload");
        assertRefused(
                () -> invocation.write(retry("a", 1).toBuilder().payload("1").build()),
                "carries a payload and an error");
    }

    @Test
    void delays_are_whole_seconds_from_one_to_a_year() {
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"));
        for (int seconds : new int[] {0, -1, 40_000_000}) {
            assertRefused(() -> invocation.write(retry("a", seconds)), "no time of 1 to");
            assertRefused(() -> invocation.write(sleep("nap", seconds)), "no time of 1 to");
        }
        assertRefused(() -> invocation.write(callback("ask", -1, 0)), "no time of 0 to");
        assertRefused(() -> invocation.write(callback("ask", 0, 40_000_000)), "no time of 0 to");
        assertRefused(() -> invocation.write(step(OperationAction.RETRY, "a").build()), "no time of 1 to");
    }

    @Test
    void updates_that_make_no_sense_are_refused() {
        ByHand.Invocation invocation = begin();

        assertRefused(() -> invocation.write(OperationUpdate.builder().build()), "lacks its id, type or action");
        assertRefused(() -> invocation.write(step(OperationAction.CANCEL, "a").build()), "STEP 'a'");
        assertRefused(() -> invocation.write(invoke("pay", null, "1")), "names no function");
        assertRefused(
                () -> invocation.write(Updates.update(OperationType.EXECUTION, null, OperationAction.SUCCEED, "x")
                        .build()),
                "is not this execution");
    }

    private OperationStatus status(String name) {
        return execution().operation(name).status();
    }
}
