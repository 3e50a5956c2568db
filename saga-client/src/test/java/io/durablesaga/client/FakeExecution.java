package io.durablesaga.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.Event;
import software.amazon.awssdk.services.lambda.model.EventType;
import software.amazon.awssdk.services.lambda.model.Execution;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;

/** One execution in {@link FakeLambda}: tests say what its function does, and its history shows it as the service would. */
final class FakeExecution {
    final String arn;
    final String name;
    final String input;
    final String version;
    final Instant startedAt;
    final List<Event> history = new ArrayList<>();

    ExecutionStatus status = ExecutionStatus.RUNNING;
    String result;
    ErrorObject error;

    /** Open callbacks by id, each with its operation; one that is over is gone. */
    private final Map<String, String> callbacks = new LinkedHashMap<>();

    /** What callbacks have been completed with, by operation. */
    final Map<String, String> answers = new LinkedHashMap<>();

    int heartbeats;
    private Instant now;
    private int operations;

    FakeExecution(String arn, String name, String version, String input, Instant startedAt) {
        this.arn = arn;
        this.name = name;
        this.version = version;
        this.input = input;
        this.startedAt = startedAt;
        this.now = startedAt;
        event(EventType.EXECUTION_STARTED, "execution", name, event -> {});
    }

    Instant now() {
        return now;
    }

    FakeExecution passes(Duration time) {
        now = now.plus(time);
        return this;
    }

    Execution summary() {
        return Execution.builder()
                .durableExecutionArn(arn)
                .durableExecutionName(name)
                .startTimestamp(startedAt)
                .build();
    }

    String opensCallback(String operation, Duration timeout) {
        String id = Base64.getEncoder().encodeToString((arn + operation).getBytes(StandardCharsets.UTF_8));
        callbacks.put(id, operation);
        event(
                EventType.CALLBACK_STARTED,
                operation,
                operation,
                event -> event.callbackStartedDetails(
                        details -> details.callbackId(id).timeout((int) timeout.toSeconds())));
        return id;
    }

    void startsStep(String operation) {
        event(EventType.STEP_STARTED, operation, operation, event -> {});
    }

    void completesStep(String operation) {
        event(
                EventType.STEP_SUCCEEDED,
                operation,
                operation,
                event -> event.stepSucceededDetails(details -> details.retryDetails(retry -> retry.currentAttempt(1))));
    }

    void looks(String operation, Duration next) {
        event(
                EventType.STEP_SUCCEEDED,
                operation,
                operation,
                event -> event.stepSucceededDetails(details -> details.retryDetails(
                        retry -> retry.currentAttempt(1).nextAttemptDelaySeconds((int) next.toSeconds()))));
    }

    void failsStep(String operation, Duration nextAttempt) {
        event(
                EventType.STEP_FAILED,
                operation,
                operation,
                event -> event.stepFailedDetails(details -> details.retryDetails(
                        retry -> retry.currentAttempt(1).nextAttemptDelaySeconds((int) nextAttempt.toSeconds()))));
    }

    void sleeps(String operation, Duration time) {
        Instant end = now.plus(time);
        event(
                EventType.WAIT_STARTED,
                operation,
                operation,
                event -> event.waitStartedDetails(
                        details -> details.duration((int) time.toSeconds()).scheduledEndTimestamp(end)));
    }

    void wakes(String operation) {
        event(EventType.WAIT_SUCCEEDED, operation, operation, event -> {});
    }

    void invokes(String operation) {
        event(EventType.CHAINED_INVOKE_STARTED, operation, operation, event -> {});
    }

    void suspends() {
        event(EventType.INVOCATION_COMPLETED, null, null, event -> {});
    }

    void succeeds(String json) {
        result = json;
        ends(ExecutionStatus.SUCCEEDED, EventType.EXECUTION_SUCCEEDED);
    }

    void fails(String type, String message, String data) {
        error = ErrorObject.builder()
                .errorType(type)
                .errorMessage(message)
                .errorData(data)
                .build();
        ends(ExecutionStatus.FAILED, EventType.EXECUTION_FAILED);
    }

    void isStopped(String type, String message) {
        error = ErrorObject.builder().errorType(type).errorMessage(message).build();
        ends(ExecutionStatus.STOPPED, EventType.EXECUTION_STOPPED);
    }

    void timesOut() {
        ends(ExecutionStatus.TIMED_OUT, EventType.EXECUTION_TIMED_OUT);
    }

    void callbackTimesOut(String id) {
        String operation = callbacks.remove(id);
        event(EventType.CALLBACK_TIMED_OUT, operation, operation, event -> {});
    }

    void answer(String id, EventType how, String payload) {
        requireOpen(id);
        String operation = callbacks.remove(id);
        answers.put(operation, payload);
        event(how, operation, operation, event -> {});
    }

    void heartbeat(String id) {
        requireOpen(id);
        heartbeats++;
    }

    private void requireOpen(String id) {
        if (!callbacks.containsKey(id) || status != ExecutionStatus.RUNNING) {
            throw Faults.callbackClosed();
        }
    }

    /** An execution that ends leaves its open callbacks in its history as they are. */
    private void ends(ExecutionStatus how, EventType type) {
        status = how;
        event(type, "execution", name, event -> {});
    }

    private void event(EventType type, String id, String operation, Consumer<Event.Builder> details) {
        Event.Builder event = Event.builder()
                .eventType(type)
                .eventId(++operations)
                .id(id)
                .name(operation)
                .eventTimestamp(now);
        details.accept(event);
        history.add(event.build());
        passes(Duration.ofSeconds(1));
    }
}
