package io.durablesaga.client;

import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CallbackStartedDetails;
import software.amazon.awssdk.services.lambda.model.Event;
import software.amazon.awssdk.services.lambda.model.EventType;
import software.amazon.awssdk.services.lambda.model.RetryDetails;

/** The operations of an execution that have begun and are not over, told from its events, oldest first. */
final class History {
    private static final String AWAIT = "await:";
    private static final String DECIDE = "decide:";

    /** The last event of each open operation, by the operation's id. */
    private final Map<String, Event> open = new LinkedHashMap<>();

    void add(Event event) {
        switch (event.eventType()) {
            case CALLBACK_STARTED, WAIT_STARTED, STEP_STARTED, CHAINED_INVOKE_STARTED -> open.put(event.id(), event);
            case STEP_SUCCEEDED, STEP_FAILED -> {
                open.remove(event.id());
                retryDelay(event).ifPresent(delay -> open.put(event.id(), event));
            }
            case CALLBACK_SUCCEEDED,
                    CALLBACK_FAILED,
                    CALLBACK_TIMED_OUT,
                    WAIT_SUCCEEDED,
                    WAIT_CANCELLED,
                    CHAINED_INVOKE_SUCCEEDED,
                    CHAINED_INVOKE_FAILED,
                    CHAINED_INVOKE_TIMED_OUT,
                    CHAINED_INVOKE_STOPPED -> open.remove(event.id());
            case EXECUTION_SUCCEEDED, EXECUTION_FAILED, EXECUTION_TIMED_OUT, EXECUTION_STOPPED -> open.clear();
            default -> {
                // neither begins an operation that waits nor ends one
            }
        }
    }

    /** Where an execution that has not ended stands. */
    <O extends @Nullable Object> SagaStatus<O> status() {
        List<SagaStatus.ParkedDecision> decisions = callbacks().stream()
                .filter(OpenCallback::decision)
                .map(callback -> new SagaStatus.ParkedDecision(
                        callback.path(), callback.id(), Objects.requireNonNullElse(callback.until(), Instant.MAX)))
                .toList();
        if (!decisions.isEmpty()) {
            return new SagaStatus.Parked<>(decisions);
        }
        boolean working = open.values().stream().anyMatch(event -> event.eventType() == EventType.STEP_STARTED);
        if (open.isEmpty() || working) {
            return new SagaStatus.Running<>();
        }
        return new SagaStatus.Waiting<>(open.values().stream()
                .flatMap(History::until)
                .min(Instant::compareTo)
                .orElse(null));
    }

    /** What waits for somebody outside. */
    List<OpenCallback> callbacks() {
        return open.values().stream().flatMap(History::callback).toList();
    }

    private static Stream<OpenCallback> callback(Event event) {
        String name = Objects.requireNonNullElse(event.name(), "");
        CallbackStartedDetails details = event.callbackStartedDetails();
        if (details == null || details.callbackId() == null || !(name.startsWith(AWAIT) || name.startsWith(DECIDE))) {
            return Stream.empty(); // no callback, or not one of a saga's
        }
        boolean decision = name.startsWith(DECIDE);
        String path = name.substring(decision ? DECIDE.length() : AWAIT.length());
        return Stream.of(new OpenCallback(
                path, details.callbackId(), decision, until(event).findFirst().orElse(null)));
    }

    /** When an open operation goes on by itself, as far as the service says. */
    private static Stream<Instant> until(Event event) {
        return switch (event.eventType()) {
            case CALLBACK_STARTED ->
                Stream.ofNullable(event.callbackStartedDetails())
                        .flatMap(details -> Stream.ofNullable(details.timeout()))
                        .filter(seconds -> seconds > 0)
                        .map(seconds -> event.eventTimestamp().plusSeconds(seconds));
            case WAIT_STARTED ->
                Stream.ofNullable(event.waitStartedDetails())
                        .flatMap(details -> Stream.ofNullable(details.scheduledEndTimestamp()));
            case STEP_SUCCEEDED, STEP_FAILED -> retryDelay(event).stream().map(event.eventTimestamp()::plus);
            default -> Stream.empty();
        };
    }

    /** How long a step waits for its next attempt or look; empty if that was its last. */
    private static Optional<Duration> retryDelay(Event event) {
        RetryDetails retry = null;
        if (event.stepFailedDetails() != null) {
            retry = event.stepFailedDetails().retryDetails();
        } else if (event.stepSucceededDetails() != null) {
            retry = event.stepSucceededDetails().retryDetails();
        }
        return Optional.ofNullable(retry)
                .map(RetryDetails::nextAttemptDelaySeconds)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
    }
}
