package io.durablesaga.dispatcher;

import io.durablesaga.start.Failed;
import io.durablesaga.start.SagaStarter;
import io.durablesaga.start.Standing;
import io.durablesaga.start.StandingAnswer;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartRequest;
import io.durablesaga.start.Throttled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * An engine of which there are only names: one execution per name, as strict about payloads as the engines are. Tests say how
 * executions stand, what is forgotten, and what goes wrong. Thread-safe.
 */
public final class MemoryStarter implements SagaStarter {
    /** What goes wrong with a request. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** It is throttled, and nothing is done. */
        THROTTLED,
        /** It never arrives. */
        LOST,
        /** It is carried out, and the answer never arrives. */
        ANSWER_LOST,
        /** It fails, and trying again does not help. */
        FORBIDDEN,
        /** The payload is none of the saga's. */
        REFUSED,
        /** The starter breaks its promise and throws. */
        THROWN
    }

    private record Execution(String payload, Standing.State state) {}

    private final Map<String, Execution> executions = new LinkedHashMap<>();
    private final List<StartRequest> requests = new ArrayList<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile BiFunction<String, Integer, Fault> startFaults = (name, call) -> Fault.NONE;
    private volatile BiFunction<String, Integer, Fault> standingFaults = (name, call) -> Fault.NONE;
    private volatile int largestPayload = 1 << 20;

    /** What goes wrong with starts, by name and number of the request, from 1. */
    public MemoryStarter startFaults(BiFunction<String, Integer, Fault> planned) {
        startFaults = planned;
        return this;
    }

    /** What goes wrong with questions how an execution stands, by name and number of the question, from 1. */
    public MemoryStarter standingFaults(BiFunction<String, Integer, Fault> planned) {
        standingFaults = planned;
        return this;
    }

    /** At most this many bytes. */
    public MemoryStarter largestPayload(int bytes) {
        largestPayload = bytes;
        return this;
    }

    /** An execution stands so from now on. */
    public synchronized void stands(String name, Standing.State state) {
        executions.computeIfPresent(name, (same, execution) -> new Execution(execution.payload(), state));
    }

    /** An execution is known no more, and its name is free again. */
    public synchronized void forget(String name) {
        executions.remove(name);
    }

    /** The payloads of what was started, by name, in the order in which they were. */
    public synchronized Map<String, String> payloads() {
        Map<String, String> payloads = new LinkedHashMap<>();
        executions.forEach((name, execution) -> payloads.put(name, execution.payload()));
        return payloads;
    }

    /** All requests to start, in their order. */
    public synchronized List<StartRequest> requests() {
        return List.copyOf(requests);
    }

    /** How often it was asked how an execution stands. */
    public int questions() {
        return questions.get();
    }

    @Override
    public synchronized StartAnswer start(StartRequest request) {
        requests.add(request);
        Fault fault = startFaults.apply(request.name(), requests.size());
        return switch (fault) {
            case NONE -> carryOut(request);
            case THROTTLED -> new Throttled("TooManyRequests");
            case LOST -> new Failed("the request was lost", true);
            case ANSWER_LOST -> {
                carryOut(request);
                yield new Failed("the answer was lost", true);
            }
            case FORBIDDEN -> new Failed("AccessDenied", false);
            case REFUSED -> new StartAnswer.Refused("it is no input of the saga");
            case THROWN -> throw new IllegalStateException("planned");
        };
    }

    @Override
    public synchronized StandingAnswer standing(StartAnswer.Accepted execution, Duration within) {
        Fault fault = standingFaults.apply(execution.name(), questions.incrementAndGet());
        return switch (fault) {
            case NONE -> {
                Execution known = executions.get(execution.name());
                yield new Standing(known == null ? Standing.State.UNKNOWN : known.state(), "");
            }
            case THROTTLED -> new Throttled("TooManyRequests");
            case LOST, ANSWER_LOST -> new Failed("the answer was lost", true);
            case FORBIDDEN, REFUSED -> new Failed("AccessDenied", false);
            case THROWN -> throw new IllegalStateException("planned");
        };
    }

    @Override
    public int largestPayload() {
        return largestPayload;
    }

    private StartAnswer carryOut(StartRequest request) {
        if (request.payload().getBytes(StandardCharsets.UTF_8).length > largestPayload) {
            return new StartAnswer.Refused("it is larger than " + largestPayload + " bytes");
        }
        Execution execution = executions.computeIfAbsent(
                request.name(), name -> new Execution(request.payload(), Standing.State.RUNNING));
        return execution.payload().equals(request.payload())
                ? new StartAnswer.Accepted(request.name(), "memory:" + request.name())
                : new StartAnswer.Conflict("another payload");
    }
}
