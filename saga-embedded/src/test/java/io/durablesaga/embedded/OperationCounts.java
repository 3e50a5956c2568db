package io.durablesaga.embedded;

import static io.durablesaga.Bound.atMost;
import static io.durablesaga.Parking.park;
import static io.durablesaga.Polling.every;
import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.UndoOptions.undoing;
import static io.durablesaga.Within.within;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.StepRejected;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.engine.EngineUnderTest.RecordedOperation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Counts what executions record and how often they commit, and compares it with what the design promises. */
final class OperationCounts {
    private static final StepKey<String> FIRST = StepKey.of("first", String.class);
    private static final StepKey<String> SECOND = StepKey.of("second", String.class);

    private final Path folder;
    private final List<Row> rows = new ArrayList<>();
    private int files;

    /** One line of the table: what was promised and what was counted. */
    record Row(String what, String unit, long promised, long counted) {
        boolean kept() {
            return unit.equals("commits") ? counted <= promised : counted == promised;
        }

        @Override
        public String toString() {
            String sign = unit.equals("commits") ? "<=" : "==";
            return String.format(
                    "%-52s %-10s %5d %s %5d  %s", what, unit, counted, sign, promised, kept() ? "ok" : "BROKEN");
        }
    }

    OperationCounts(Path folder) {
        this.folder = folder;
    }

    /** The whole table. */
    List<Row> count() {
        for (int steps : new int[] {1, 10, 100}) {
            chain(steps);
        }
        nodes();
        return rows;
    }

    private void chain(int steps) {
        int undone = steps - 1;
        run(chainOf(steps, steps + 1), "chain of " + steps + ", completed", steps, steps + 1);
        run(
                chainOf(steps, steps),
                "chain of " + steps + ", rolled back from the last",
                steps + undone,
                steps + undone + 1);
    }

    private static Saga<String, ?> chainOf(int steps, int rejected) {
        SagaBuilder<String> saga = SagaBuilder.saga("chain", String.class);
        IntStream.rangeClosed(1, steps)
                .forEach(i -> saga.step(
                        StepKey.of("step-" + i, String.class),
                        s -> {
                            if (i == rejected) {
                                throw new StepRejected("no");
                            }
                            return "done " + i;
                        },
                        undo((s, effect) -> {})));
        return saga.returningNothing();
    }

    private void nodes() {
        node("step", 1, saga -> saga.step(FIRST, s -> "x", nothingToUndo("a test")));
        node("capture", 1, saga -> saga.capture(FIRST, s -> "x"));
        node("validate", 1, saga -> saga.validate(input -> {}).capture(FIRST, s -> "x"), "validate and a capture");
        node("when", 1, saga -> saga.when("if", v -> true, then -> then.capture(FIRST, s -> "x")), "when of a capture");
        node("sleep", 1, saga -> saga.sleep("nap", Duration.ofSeconds(1)));
        node(
                "parallel",
                2,
                saga -> saga.parallel(
                        "both",
                        p -> p.step(FIRST, s -> "x", nothingToUndo("a test"))
                                .step(SECOND, s -> "y", nothingToUndo("a test"))),
                "parallel of two plain steps");
        node(
                "branches",
                3,
                saga -> saga.parallel(
                        "both",
                        p -> p.step(FIRST, s -> "x", nothingToUndo("a test"))
                                .branch(
                                        "long",
                                        b -> b.step(SECOND, s -> "y", nothingToUndo("a test"))
                                                .sleep("nap", Duration.ofSeconds(1)))),
                "parallel of a step and a branch of two nodes");
        node("for-each", 3, saga -> forEach(saga, 1), "forEach of three items, one after the other");
        node("for-each-at-once", 3, saga -> forEach(saga, 3), "forEach of three items at once");
        node(
                "poll",
                1,
                saga -> saga.poll(
                        FIRST,
                        every(Duration.ofSeconds(1), 5),
                        s -> s.attempt() < 3 ? Optional.empty() : Optional.of("x")),
                "poll of three looks");
        node(
                "retry",
                1,
                saga -> saga.step(
                        FIRST,
                        StepOptions.with().retry(Retries.every(Duration.ofSeconds(1), 3)),
                        s -> {
                            if (s.attempt() < 3) {
                                throw new IllegalStateException("not yet");
                            }
                            return "x";
                        },
                        nothingToUndo("a test")),
                "step of three attempts");
        node(
                "await",
                2,
                saga -> saga.await(
                        FIRST, within(Duration.ofHours(1)).orElse("x"), (s, id) -> {}, nothingToUndo("a test")));
        nested();
        invoke();
        pivot();
        parked();
    }

    private static SagaBuilder<String> forEach(SagaBuilder<String> saga, int atOnce) {
        return saga.forEach(
                "items",
                atMost(3).concurrently(atOnce),
                v -> List.of("a", "b", "c"),
                item -> item,
                item -> item.step(FIRST, s -> s.item(), nothingToUndo("a test")));
    }

    private void nested() {
        Saga<String, String> inner = SagaBuilder.saga("inner", String.class)
                .step(FIRST, s -> "x", nothingToUndo("a test"))
                .returning(String.class, v -> v.result(FIRST));
        node("nested", 1, saga -> saga.saga(SECOND, inner, v -> v.input()), "nested saga of one step");
    }

    private void invoke() {
        Saga<String, String> inner = SagaBuilder.saga("inner", String.class)
                .step(FIRST, s -> "x", nothingToUndo("a test"))
                .returning(String.class, v -> v.result(FIRST));
        Saga<String, ?> saga = SagaBuilder.saga("invoke", String.class)
                .invoke(SECOND, "inner", v -> v.input(), nothingToUndo("a test"))
                .returningNothing();
        with(engine -> {
            engine.register(inner);
            run(engine, saga);
            add("invoke", "operations", 1, engine.operations("one").size());
        });
    }

    private void pivot() {
        Saga<String, ?> saga = SagaBuilder.saga("pivot", String.class)
                .step(FIRST, s -> "x", nothingToUndo("a test"))
                .pivot()
                .step(SECOND, s -> "y")
                .returningNothing();
        run(saga, "pivot between two steps", 2, 3);
    }

    private void parked() {
        Saga<String, ?> saga = SagaBuilder.saga("parked", String.class)
                .step(
                        FIRST,
                        s -> "x",
                        undo(undoing().retry(Retries.none()).onStuck(park(Duration.ofDays(1))), (s, effect) -> {
                            throw new IllegalStateException("out of order");
                        }))
                .step(
                        SECOND,
                        s -> {
                            throw new StepRejected("no");
                        },
                        nothingToUndo("a test"))
                .returningNothing();
        with(engine -> {
            run(engine, saga);
            SagaStatus<?> status = engine.status(saga, "one");
            String decision = ((SagaStatus.Parked<?>) status).decisions().get(0).id();
            engine.decide(decision, new Decision.Resolved("by hand"));
            engine.settle();
            add(
                    "two steps, an undo and a parked decision",
                    "operations",
                    4,
                    ended(engine, saga).size());
        });
    }

    private void node(String name, int promised, Consumer<SagaBuilder<String>> content) {
        node(name, promised, content, name);
    }

    private void node(String name, int promised, Consumer<SagaBuilder<String>> content, String what) {
        SagaBuilder<String> builder = SagaBuilder.saga(name, String.class);
        content.accept(builder);
        Saga<String, ?> saga = builder.returningNothing();
        with(engine -> {
            run(engine, saga);
            add(what, "operations", promised, ended(engine, saga).size());
        });
    }

    private void run(Saga<String, ?> saga, String what, long operations, long commits) {
        with(engine -> {
            engine.register(saga);
            long before = engine.engine().commits();
            engine.start(saga, "one", "input");
            engine.settle();
            add(what, "operations", operations, ended(engine, saga).size());
            add(what, "commits", commits, engine.engine().commits() - before);
        });
    }

    private void run(EmbeddedEngineUnderTest engine, Saga<String, ?> saga) {
        engine.register(saga);
        engine.start(saga, "one", "input");
        engine.settle();
        for (int hours = 0; hours < 3; hours++) {
            engine.advance(Duration.ofHours(1));
        }
    }

    private static List<RecordedOperation> ended(EmbeddedEngineUnderTest engine, Saga<String, ?> saga) {
        SagaStatus<?> status = engine.status(saga, "one");
        if (!(status instanceof SagaStatus.Ended<?>)) {
            throw new IllegalStateException(saga + " has not ended: " + status);
        }
        return engine.operations("one");
    }

    private void with(Consumer<EmbeddedEngineUnderTest> test) {
        EmbeddedEngineUnderTest engine = EmbeddedEngineUnderTest.overFile(folder.resolve("counts-" + files++ + ".db"));
        test.accept(engine);
        engine.close();
    }

    private void add(String what, String unit, long promised, long counted) {
        rows.add(new Row(what, unit, promised, counted));
    }
}
