package io.durablesaga.properties;

import io.durablesaga.Saga;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.engine.EngineUnderTest;
import io.durablesaga.testing.engine.EngineUnderTest.RecordedOperation;
import io.durablesaga.testing.engine.RecordGate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs a plan on an engine to its end: buries what dies and opens it again, answers callbacks and decisions as soon as they
 * are open, and lets time pass only where nothing else can happen.
 */
final class Run {
    static final String NAME = "root-1";
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Longer than any pause, retry or backoff there is, but for those that somebody outside ends. */
    private static final int QUIET_SECONDS = 8;

    private static final int MOST_TURNS = 1_000;

    private final EngineUnderTest engine;
    private final Faults faults;
    private final World world;
    private final Definitions definitions;
    private final Saga<String, String> root;
    private final Map<String, Work.Choice> said = new HashMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private boolean started;
    private int quiet;
    private int lastSeen;

    private Run(Plan plan, EngineUnderTest engine) {
        this.engine = engine;
        this.faults = new Faults(plan.crashes());
        this.world = new World(engine::kill, faults);
        this.definitions = new Definitions(world);
        this.root = definitions.root(plan.saga());
    }

    /**
     * What a run came to.
     *
     * @param statuses where each execution stands, by what leads to it; the root by nothing
     */
    record Outcome(
            World world,
            Faults faults,
            Map<String, SagaStatus<String>> statuses,
            Map<String, List<RecordedOperation>> operations) {
        boolean ended() {
            return statuses.get("") instanceof SagaStatus.Ended;
        }
    }

    static Outcome of(Plan plan, EngineUnderTest engine) {
        return new Run(plan, engine).toTheEnd();
    }

    private Outcome toTheEnd() {
        sagas().forEach(engine::register);
        engine.gate(new Gate(world, faults));
        boolean over = false;
        for (int turn = 0; turn < MOST_TURNS && !over; turn++) {
            over = turn();
        }
        engine.gate(RecordGate.OPEN);
        Map<String, List<RecordedOperation>> operations = new TreeMap<>();
        Map<String, SagaStatus<String>> statuses = started ? statuses() : Map.of();
        statuses.keySet().forEach(execution -> operations.put(execution, engine.operations(nameOf(execution))));
        return new Outcome(world, faults, statuses, operations);
    }

    /** Does the next thing there is to do; whether the root has ended and nothing is left to do. */
    private boolean turn() {
        if (world.isDead()) {
            reopen();
            return false;
        }
        if (!started) {
            started = survives(() -> engine.start(root, NAME, Model.INPUT));
        }
        engine.settle();
        if (world.isDead() || !started) {
            return false;
        }
        Map<String, SagaStatus<String>> statuses = statuses();
        if (world.isDead()) {
            return false;
        }
        if (statuses.get("") instanceof SagaStatus.Ended) {
            return true;
        }
        if (!answerOne() && !decideOne(statuses)) {
            passTime(statuses);
        }
        return false;
    }

    private Stream<Saga<String, String>> sagas() {
        return Stream.concat(Stream.of(root), definitions.invoked().stream());
    }

    private void reopen() {
        engine.bury();
        world.buried();
        world.reborn();
        if (!survives(engine::reopen) && !world.isDead()) {
            sagas().forEach(saga -> {
                while (!survives(() -> engine.register(saga)) && !world.isDead()) {
                    world.outside("registers again");
                }
            });
        }
    }

    /** Does something that a planned crash may break; whether it did not. */
    private boolean survives(Runnable action) {
        int before = faults.fired().size();
        try {
            action.run();
            return true;
        } catch (RuntimeException e) {
            if (faults.fired().size() == before && !world.isDead()) {
                throw e;
            }
            return false;
        }
    }

    private Map<String, SagaStatus<String>> statuses() {
        Map<String, SagaStatus<String>> statuses = new LinkedHashMap<>();
        statuses.put("", engine.status(root, NAME));
        world.executions().forEach((execution, name) -> {
            if (!execution.isEmpty()) {
                statuses.put(execution, engine.status(definitions.of(execution), name));
            }
        });
        return statuses;
    }

    private String nameOf(String execution) {
        return execution.isEmpty() ? NAME : String.valueOf(world.executions().get(execution));
    }

    private boolean answerOne() {
        Stream<String> names = Stream.concat(Stream.of(NAME), world.executions().values().stream())
                .distinct();
        return names.flatMap(name -> engine.callbacks(name).values().stream())
                .filter(id -> world.sent(id)
                        .filter(sent -> sent.await().answer() != NodeSpec.Answer.NEVER)
                        .isPresent())
                .findFirst()
                .map(this::answer)
                .orElse(false);
    }

    private boolean answer(String id) {
        World.Sent sent = world.sent(id).orElseThrow();
        world.outside("somebody answers " + sent.body());
        if (sent.await().heartbeat()) {
            survives(() -> engine.heartbeat(id));
        }
        if (sent.await().answer() == NodeSpec.Answer.ANSWERED) {
            survives(() -> engine.complete(id, "\"answer " + sent.body().place() + "\""));
        } else {
            survives(() -> engine.fail(id, "no"));
        }
        return true;
    }

    private boolean decideOne(Map<String, SagaStatus<String>> statuses) {
        for (Map.Entry<String, SagaStatus<String>> status : statuses.entrySet()) {
            if (status.getValue() instanceof SagaStatus.Parked<String> parked) {
                for (SagaStatus.ParkedDecision decision : parked.decisions()) {
                    if (decide(decision.id(), status.getKey() + decision.path())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean decide(String id, String place) {
        Work.Choice choice = said.computeIfAbsent(id, first -> world.parked(place));
        Optional<Decision> decision = decision(choice.says());
        decision.ifPresent(said -> {
            world.outside("somebody says " + choice + " of " + place);
            survives(() -> engine.decide(id, said));
        });
        return decision.isPresent();
    }

    private static Optional<Decision> decision(Work.Says says) {
        return switch (says) {
            case NOTHING -> Optional.empty();
            case RESOLVED -> Optional.of(new Decision.Resolved("by hand"));
            case SKIP -> Optional.of(new Decision.Skip("leave it"));
            case RETRY -> Optional.of(new Decision.Retry());
        };
    }

    /** To the next time that something waits for; second by second where it is not known what else waits. */
    private void passTime(Map<String, SagaStatus<String>> statuses) {
        int seen = world.log().size();
        quiet = seen == lastSeen ? quiet + 1 : 0;
        lastSeen = seen;
        boolean known = statuses.values().stream()
                .allMatch(status -> status instanceof SagaStatus.Ended
                        || (status instanceof SagaStatus.Waiting<String> waiting && waiting.until() != null));
        Optional<Instant> next = statuses.values().stream()
                .flatMap(Run::waits)
                .filter(now::isBefore)
                .min(Instant::compareTo);
        boolean jump = next.isPresent() && (known || quiet > QUIET_SECONDS);
        Duration time = jump ? Duration.between(now, next.get()) : SECOND;
        now = now.plus(time);
        engine.advance(time);
    }

    private static Stream<Instant> waits(SagaStatus<String> status) {
        if (status instanceof SagaStatus.Waiting<String> waiting) {
            return Stream.ofNullable(waiting.until());
        }
        return status instanceof SagaStatus.Parked<String> parked
                ? parked.decisions().stream().map(SagaStatus.ParkedDecision::until)
                : Stream.of();
    }
}
