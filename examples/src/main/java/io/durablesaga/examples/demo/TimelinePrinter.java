package io.durablesaga.examples.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.durablesaga.embedded.Execution;
import io.durablesaga.embedded.ExecutionEvent;
import io.durablesaga.embedded.ExecutionEvent.What;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Prints what is recorded of an execution, one line per event, while it happens. */
final class TimelinePrinter {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final String UNDO = "UNDO";

    private final Screen screen;
    private final Execution<?> execution;
    private final Instant start;
    private int printed;

    TimelinePrinter(Screen screen, Execution<?> execution) {
        this.screen = screen;
        this.execution = execution;
        this.start = execution.summary().startedAt();
    }

    void started(String input) {
        screen.event(Duration.ZERO, Mark.START, execution.name(), input);
    }

    /** Leaves out what the process before this one has printed. */
    void skipToResumed() {
        List<ExecutionEvent> events = execution.events();
        while (printed < events.size() && events.get(printed).what() != What.RESUMED) {
            printed++;
        }
    }

    /** Prints until the execution has ended or is to be followed no further. */
    void followUntil(BooleanSupplier enough) throws InterruptedException {
        Optional<? extends SagaResult<?>> result = Optional.empty();
        boolean over = false;
        while (!over) {
            result = execution.await(LOOK_EVERY);
            over = result.isPresent() || enough.getAsBoolean();
            printNew();
        }
        result.ifPresent(end -> screen.event(since(execution.summary().changedAt()), Mark.END, "", ended(end)));
    }

    /** Prints that this process dies now. */
    void killed(Instant now, String outcome) {
        screen.event(since(now), Mark.KILLED, process(), outcome);
    }

    private void printNew() {
        List<ExecutionEvent> events = execution.events();
        events.subList(printed, events.size()).forEach(this::print);
        printed = events.size();
    }

    private void print(ExecutionEvent event) {
        switch (event.what()) {
            case RESUMED -> screen.event(since(event.at()), Mark.RESUMED, process(), "goes on from what is recorded");
            case ATTEMPT ->
                line(event, Mark.AGAIN, undoing(event) + "attempt " + event.attempt() + ", under the same key");
            case RETRY -> {
                line(event, Mark.FAILED, undoing(event) + "attempt " + event.attempt() + ": " + why(event));
                line(event, Mark.WAIT, waiting(event));
            }
            case AGAIN, OPENED -> line(event, Mark.WAIT, waiting(event));
            case COMPLETED -> line(event, event.kind().equals(UNDO) ? Mark.UNDO : Mark.DO, result(event.payload()));
            case FAILED -> line(event, Mark.GAVE_UP, undoing(event) + why(event));
        }
    }

    private void line(ExecutionEvent event, Mark mark, String outcome) {
        String step = event.name().substring(event.name().indexOf(':') + 1);
        screen.event(since(event.at()), mark, step, outcome);
    }

    private Duration since(Instant time) {
        return Duration.between(start, time);
    }

    private static String process() {
        return "pid " + ProcessHandle.current().pid();
    }

    private static String undoing(ExecutionEvent event) {
        return event.kind().equals(UNDO) ? "undo, " : "";
    }

    private String waiting(ExecutionEvent event) {
        Instant until = event.wakesAt();
        return until == null ? "until somebody acts" : "until " + Screen.seconds(since(until)) + ", holding no thread";
    }

    private static String why(ExecutionEvent event) {
        Failure failure = event.failure().orElse(null);
        if (failure == null) {
            return String.valueOf(event.payload());
        }
        if (event.what() == What.RETRY) {
            return failure.message();
        }
        return failure.rejected() ? "rejected: " + failure.message() : "unknown, may be done: " + failure.message();
    }

    /** The values of a result, without their names. */
    private static String result(@Nullable String payload) {
        try {
            JsonNode json = new JsonMapper().readTree(Objects.requireNonNullElse(payload, "null"));
            StringJoiner values = new StringJoiner(", ");
            if (json.isValueNode() && !json.isNull()) {
                values.add(json.asText());
            }
            json.forEach(value -> values.add(value.isValueNode() ? value.asText() : value.toString()));
            return values.length() == 0 ? "done" : values.toString();
        } catch (JsonProcessingException e) {
            return String.valueOf(payload);
        }
    }

    private static String ended(SagaResult<?> result) {
        if (result instanceof SagaResult.Completed<?>) {
            return "completed";
        }
        if (result instanceof SagaResult.Compensated<?> compensated) {
            return "compensated, because of " + compensated.cause().path();
        }
        return "stuck, a person has to look";
    }
}
