package io.durablesaga.lambda.service;

import static io.durablesaga.lambda.service.Updates.callback;
import static io.durablesaga.lambda.service.Updates.retry;
import static io.durablesaga.lambda.service.Updates.sleep;
import static io.durablesaga.lambda.service.Updates.start;
import static io.durablesaga.lambda.service.Updates.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.CheckpointUpdatedExecutionState;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;

class PageTest extends ServiceTest {

    @Test
    void the_first_thing_an_invocation_is_told_is_the_execution_itself() {
        ByHand.Invocation invocation = begin();
        List<Operation> operations = invocation.input.initialExecutionState().operations();

        assertThat(operations).hasSize(1);
        assertThat(operations.get(0).type()).isEqualTo(OperationType.EXECUTION);
        assertThat(operations.get(0).executionDetails().inputPayload()).isEqualTo("\"books\"");
        assertThat(invocation.arn())
                .isEqualTo("arn:aws:lambda:eu-west-1:123456789012:function:order:1/durable-execution/order-1/"
                        + operations.get(0).id());
    }

    @Test
    void a_state_that_is_larger_than_a_page_is_read_on_page_by_page() {
        ByHand.Invocation former = begin();
        former.write(start("a"), start("b"), start("c"), start("d"), start("e"), start("f"));
        former.breaks(new IllegalStateException("once"));
        ByHand.Invocation invocation = function.next();
        CheckpointUpdatedExecutionState state = invocation.input.initialExecutionState();

        assertThat(state.operations()).hasSize(3);
        assertThat(names(rest(invocation, state))).containsExactly("order-1", "a", "b", "c", "d", "e", "f");
    }

    @Test
    void a_state_that_fills_its_pages_has_no_empty_one() {
        ByHand.Invocation former = begin();
        former.write(start("a"), start("b"), start("c"), start("d"), start("e"));
        former.breaks(new IllegalStateException("once"));
        ByHand.Invocation invocation = function.next();
        String marker = invocation.input.initialExecutionState().nextMarker();
        var last = invocation.client.getExecutionState(invocation.arn(), invocation.token, marker);

        assertThat(names(last.operations())).containsExactly("c", "d", "e");
        assertThat(last.nextMarker()).isNull();
    }

    @Test
    void an_answer_tells_what_has_changed_since_the_one_before() {
        ByHand.Invocation invocation = begin();
        assertThat(told(invocation.write(start("a"), start("b")))).containsExactly("a STARTED", "b STARTED");
        assertThat(told(invocation.write(succeed("b", "1")))).containsExactly("b SUCCEEDED");
        assertThat(invocation.poll()).isEmpty();
    }

    @Test
    void an_answer_tells_of_outside_changes_once() {
        ByHand.Invocation invocation = begin();
        invocation.write(sleep("nap", 5), callback("ask", 0, 0), start("a"));
        String id = execution().operation("ask").callbackDetails().callbackId();
        advance(5);
        var unused = service.complete(id, "\"yes\"");

        assertThat(told(invocation.write(succeed("a", "1"))))
                .containsExactly("nap SUCCEEDED", "ask SUCCEEDED", "a SUCCEEDED");
        assertThat(invocation.poll()).isEmpty();
    }

    @Test
    void an_answer_that_is_larger_than_a_page_is_read_on_with_the_new_token() {
        ByHand.Invocation invocation = begin();
        var response = invocation.write(start("a"), start("b"), start("c"), start("d"));

        assertThat(response.newExecutionState().operations()).hasSize(3);
        assertThat(names(rest(invocation, response.newExecutionState()))).containsExactly("a", "b", "c", "d");
    }

    @Test
    void a_marker_is_good_until_the_next_list_begins() {
        ByHand.Invocation invocation = begin();
        String marker = invocation
                .write(start("a"), start("b"), start("c"), start("d"))
                .newExecutionState()
                .nextMarker();
        var unused = invocation.client.getExecutionState(invocation.arn(), invocation.token, marker);
        unused = invocation.client.getExecutionState(invocation.arn(), invocation.token, marker);
        invocation.poll();

        assertRefused(
                () -> invocation.client.getExecutionState(invocation.arn(), invocation.token, marker),
                "Invalid marker");
    }

    @Test
    void a_marker_is_good_for_its_own_execution_only() {
        ByHand.Invocation mine = begin();
        service.start(FUNCTION, "order-2", "\"shoes\"");
        ByHand.Invocation other = function.next();
        String marker = other.write(start("a"), start("b"), start("c"), start("d"))
                .newExecutionState()
                .nextMarker();

        assertRefused(() -> mine.client.getExecutionState(mine.arn(), mine.token, marker), "Invalid marker");
        assertRefused(() -> mine.client.getExecutionState(mine.arn(), mine.token, "page"), "Invalid marker");
    }

    @Test
    void without_a_marker_everything_is_read_from_the_beginning() {
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"));
        var state = invocation.client.getExecutionState(invocation.arn(), invocation.token, null);

        assertThat(names(state.operations())).containsExactly("order-1", "a");
    }

    @Test
    void timers_that_are_not_due_say_that_they_soon_are() {
        ByHand.Invocation invocation = begin();
        List<Operation> told = invocation
                .write(sleep("nap", 86_400), start("a"), retry("a", 86_400))
                .newExecutionState()
                .operations();
        Instant soon = Instant.now().plusSeconds(1);

        assertThat(told.get(0).waitDetails().scheduledEndTimestamp()).isBefore(soon);
        assertThat(told.get(1).stepDetails().nextAttemptTimestamp()).isBefore(soon);
        assertThat(execution().nextTimer()).isEqualTo(service.now().plusSeconds(86_400));
    }

    @Test
    void an_invocation_is_told_what_has_changed_from_outside_since_the_last_one_that_ended_normally() {
        ByHand.Invocation first = begin();
        assertThat(first.input.updatedOperationIds()).isEmpty();
        first.write(sleep("nap", 5), sleep("rest", 9), start("a"));
        first.suspends();
        service.settle();
        advance(5);
        ByHand.Invocation second = function.next();
        assertThat(second.input.updatedOperationIds()).containsExactly("nap");
        second.breaks(new IllegalStateException("once"));
        ByHand.Invocation third = function.next();
        assertThat(third.input.updatedOperationIds()).containsExactly("nap");
        third.suspends();
        service.settle();
        advance(4);

        assertThat(function.next().input.updatedOperationIds()).containsExactly("rest");
    }

    @Test
    void what_an_invocation_that_ended_normally_had_been_told_is_no_news() {
        ByHand.Invocation first = begin();
        first.write(sleep("nap", 5), sleep("rest", 5), sleep("pause", 9));
        advance(5);
        assertThat(first.poll()).extracting(Operation::status).containsOnly(OperationStatus.SUCCEEDED);
        first.suspends();
        ByHand.Invocation second = function.next();

        assertThat(second.input.updatedOperationIds()).isEmpty();
    }

    private static List<Operation> rest(ByHand.Invocation invocation, CheckpointUpdatedExecutionState state) {
        List<Operation> all = new ArrayList<>(state.operations());
        String marker = state.nextMarker();
        while (marker != null) {
            var page = invocation.client.getExecutionState(invocation.arn(), invocation.token, marker);
            all.addAll(page.operations());
            marker = page.nextMarker();
        }
        return all;
    }

    private static List<String> names(List<Operation> operations) {
        return operations.stream().map(Operation::name).toList();
    }

    private static List<String> told(CheckpointDurableExecutionResponse response) {
        return response.newExecutionState().operations().stream()
                .map(operation -> operation.name() + " " + operation.status())
                .toList();
    }
}
