package io.durablesaga.testing.simulation;

import static io.durablesaga.Undo.undo;

import io.durablesaga.Action;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the sagas of these tests act on: applies each key once, and does what a test plans for a body. */
final class Shop {
    static final String NAME = "order-1";

    private final Trace trace;
    private final Map<String, List<Runnable>> planned = new HashMap<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private final List<String> effects = new ArrayList<>();

    Shop(Trace trace) {
        this.trace = trace;
    }

    /** What happens inside the next attempt of a body, after its effect. */
    synchronized void plan(String name, Runnable event) {
        planned.computeIfAbsent(name, any -> new ArrayList<>()).add(event);
    }

    /** Every effect once per key, in the order in which they were applied. */
    synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    /** Steps one after the other, each with its undo. */
    Saga<String, String> chain(String... names) {
        SagaBuilder<String> saga = SagaBuilder.saga("chain", String.class);
        for (String name : names) {
            saga = saga.step(StepKey.of(name, String.class), does(name), undoes(name));
        }
        return saga.returning(String.class, s -> "done");
    }

    /** Two branches of two steps beside two single ones, then another step; undone at the same time. */
    Saga<String, String> group() {
        return SagaBuilder.saga("group", String.class)
                .parallel(
                        "all",
                        all -> all.step(StepKey.of("a", String.class), does("a"), undoes("a"))
                                .branch(
                                        "one",
                                        one -> one.step(StepKey.of("b", String.class), does("b"), undoes("b"))
                                                .step(StepKey.of("c", String.class), does("c"), undoes("c")))
                                .step(StepKey.of("d", String.class), does("d"), undoes("d"))
                                .branch(
                                        "two",
                                        two -> two.step(StepKey.of("e", String.class), does("e"), undoes("e"))
                                                .step(StepKey.of("f", String.class), does("f"), undoes("f")))
                                .undoInParallel())
                .step(StepKey.of("g", String.class), does("g"), undoes("g"))
                .returning(String.class, s -> "done");
    }

    Action<Scope<String>, String> does(String name) {
        return scope -> act(name, scope);
    }

    Undo<Scope<String>, String> undoes(String name) {
        return undo((scope, effect) -> act("undo " + name, scope));
    }

    private String act(String name, Scope<String> scope) {
        trace.add(name + "#" + scope.attempt());
        Runnable event;
        synchronized (this) {
            if (keys.add(scope.key())) {
                effects.add(name);
            }
            List<Runnable> events = planned.getOrDefault(name, List.of());
            event = events.isEmpty() ? () -> {} : events.remove(0);
        }
        event.run();
        return "did " + name;
    }

    static void fail() {
        throw new IllegalStateException("no answer");
    }

    /** The result, or what there is instead. */
    static <O> SagaResult<O> result(SimulatedEngine engine, Saga<?, O> saga) {
        SagaStatus<O> status = engine.status(saga, NAME);
        if (status instanceof SagaStatus.Ended<O> ended) {
            return ended.result();
        }
        throw new AssertionError("not ended: " + status);
    }
}
