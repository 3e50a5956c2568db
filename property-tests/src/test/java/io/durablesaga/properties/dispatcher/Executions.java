package io.durablesaga.properties.dispatcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durablesaga.dispatcher.Names;
import io.durablesaga.start.Standing;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** All that was ever started, and what an engine still knows of it. Every execution stands as it will from its start. For one thread at a time. */
final class Executions {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<Standing.State> STATES = List.of(
            Standing.State.RUNNING,
            Standing.State.RUNNING,
            Standing.State.RUNNING,
            Standing.State.COMPLETED,
            Standing.State.COMPLETED,
            Standing.State.COMPENSATED,
            Standing.State.FAILED,
            Standing.State.TIMED_OUT,
            Standing.State.STOPPED,
            Standing.State.UNKNOWN);

    /** What was started. */
    record Execution(String name, String order, int variant, String payload, Standing.State state) {
        boolean hasEnded() {
            return state == Standing.State.FAILED
                    || state == Standing.State.TIMED_OUT
                    || state == Standing.State.STOPPED;
        }
    }

    /** Is told of each execution when it is created. */
    interface Listener {
        void started(Execution execution);
    }

    private final Plan plan;
    private final Listener listener;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Execution> ever = new HashMap<>();
    private final Map<String, String> firstNames = new HashMap<>();
    private final Set<String> forgotten = new HashSet<>();

    Executions(Plan plan, Listener listener) {
        this.plan = plan;
        this.listener = listener;
    }

    /** As strict about names and payloads as the engines are. */
    StartAnswer start(StartRequest request) {
        if (request.payload().getBytes(StandardCharsets.UTF_8).length > Letter.LARGEST) {
            return new StartAnswer.Refused("too large");
        }
        Execution known = ever.get(request.name());
        if (known == null) {
            create(request);
        } else if (forgotten.contains(known.name())) {
            problems.add("started again after the engine had forgotten it: " + known);
        } else if (!known.payload().equals(request.payload())) {
            return new StartAnswer.Conflict("another payload");
        }
        return new StartAnswer.Accepted(request.name(), "arn:" + request.name());
    }

    private void create(StartRequest request) {
        JsonNode body = body(request.payload());
        String order = body.at(plan.source().orderAt()).asText();
        int variant = body.at(plan.source().variantAt()).asInt(-1);
        Standing.State state =
                STATES.get(new Random(plan.seed() ^ request.name().hashCode()).nextInt(STATES.size()));
        Execution created = new Execution(request.name(), order, variant, request.payload(), state);
        int attempt = Names.attempt(request.name());
        if (attempt == 1) {
            String first = firstNames.putIfAbsent(order, request.name());
            if (first != null) {
                problems.add("a second execution of one order: " + created + " beside " + first);
            }
            listener.started(created);
        } else {
            String last = firstNames.get(order) + (attempt == 2 ? "" : "--" + (attempt - 1));
            if (!ever.containsKey(last) || !ever.get(last).hasEnded()) {
                problems.add("a next attempt though the last one has not ended: " + created);
            }
        }
        ever.put(request.name(), created);
    }

    private JsonNode body(String payload) {
        try {
            JsonNode tree = MAPPER.readTree(payload);
            return plan.options().envelope() ? tree.path("body") : tree;
        } catch (JsonProcessingException e) {
            problems.add("started on what is no JSON: " + payload);
            return MAPPER.missingNode();
        }
    }

    Standing standing(String name) {
        boolean known = ever.containsKey(name) && !forgotten.contains(name);
        return new Standing(known ? ever.get(name).state() : Standing.State.UNKNOWN, "");
    }

    /** The engine knows these no more. */
    void forget(Set<Execution> executions) {
        executions.forEach(execution -> forgotten.add(execution.name()));
    }

    boolean hasForgotten(Execution execution) {
        return forgotten.contains(execution.name());
    }

    /** What was ever started for an order. */
    List<Execution> of(String order) {
        return ever.values().stream()
                .filter(execution -> execution.order().equals(order))
                .toList();
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
