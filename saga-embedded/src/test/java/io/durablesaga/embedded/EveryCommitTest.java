package io.durablesaga.embedded;

import static io.durablesaga.Retries.every;
import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Action;
import io.durablesaga.Saga;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.StepRejected;
import io.durablesaga.embedded.ExecutionSummary.State;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process dies, or the disk fails, at each commit of an execution in turn. No attempt may be taken for one that never
 * began: every attempt of a body has a number of its own.
 */
class EveryCommitTest extends EngineTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_COMMITS = 100;
    private static final StepKey<String> D = StepKey.of("d", String.class);
    private static final StepKey<String> ANSWER = StepKey.of("answer", String.class);

    private final List<String> attempts = new CopyOnWriteArrayList<>();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicBoolean happened = new AtomicBoolean();

    /** What happens at one commit. */
    enum Trouble {
        DIES_BEFORE,
        DIES_AFTER,
        DISK_FAILS
    }

    private <S extends Scope<?>> Action<S, String> noted(String name, int failing) {
        return s -> {
            attempts.add(name + "#" + s.attempt());
            long failed = attempts.stream()
                    .filter(line -> line.startsWith(name + "#"))
                    .count();
            if (failed <= failing) {
                throw new IllegalStateException("later");
            }
            return name;
        };
    }

    /** Retries, pauses, parallel lines of every kind, a callback, a child and undos. */
    private Saga<String, ?> everything(boolean rejected) {
        return saga("everything")
                .step(
                        A,
                        with().retry(every(HOUR, 9)),
                        noted("a", 1),
                        undo((s, e) -> attempts.add("undo a#" + s.attempt())))
                .parallel(
                        "both",
                        members -> members.branch(
                                        "left",
                                        b -> b.step(
                                                        B,
                                                        noted("b", 0),
                                                        undo((s, e) -> attempts.add("undo b#" + s.attempt())))
                                                .sleep("nap", HOUR)
                                                .invoke(StepKey.of("child", String.class), "child", v -> "x", none()))
                                .branch(
                                        "right",
                                        b -> b.await(
                                                ANSWER,
                                                within(HOUR.multipliedBy(3)).orElse("none"),
                                                (s, id) -> {},
                                                none()))
                                .step(
                                        C,
                                        with().retry(every(HOUR, 9)),
                                        noted("c", 1),
                                        undo((s, e) -> attempts.add("undo c#" + s.attempt()))))
                .step(
                        D,
                        s -> {
                            attempts.add("d#" + s.attempt());
                            if (rejected) {
                                throw new StepRejected("no");
                            }
                            return "d";
                        },
                        undo((s, e) -> attempts.add("undo d#" + s.attempt())))
                .returningNothing();
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void no_attempt_is_taken_for_one_that_never_began_and_every_saga_completes(Trouble trouble) {
        int troubled = throughAll(trouble, false);
        assertThat(troubled).as("commits at which this happened").isGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void no_attempt_is_taken_for_one_that_never_began_and_every_saga_is_undone(Trouble trouble) {
        int troubled = throughAll(trouble, true);
        assertThat(troubled).as("commits at which this happened").isGreaterThan(10);
    }

    private int throughAll(Trouble trouble, boolean rejected) {
        int troubled = 0;
        for (int commit = 1; commit <= MOST_COMMITS; commit++) {
            run(trouble, commit, rejected);
            if (!happened.get()) {
                return troubled;
            }
            troubled++;
        }
        throw new AssertionError("more than " + MOST_COMMITS + " commits");
    }

    private void run(Trouble trouble, int commit, boolean rejected) {
        attempts.clear();
        commits.set(0);
        happened.set(false);
        MemoryStore memory = new MemoryStore();
        Saga<String, ?> saga = everything(rejected);
        Saga<String, String> child =
                saga("child").step(A, noted("child", 0), none()).returning(String.class, v -> v.result(A));
        WatchedStore store = new WatchedStore(memory);
        EmbeddedEngine engine = over(store, builder -> builder);
        engine.register(saga);
        engine.register(child);
        engine.start(saga, "one", "x");
        EmbeddedEngine doomed = engine;
        store.onCommit(
                () -> {
                    if (commits.incrementAndGet() == commit && trouble != Trouble.DIES_AFTER) {
                        happened.set(true);
                        if (trouble == Trouble.DIES_BEFORE) {
                            doomed.kill();
                        } else {
                            throw new JournalException("the disk is out of order", null);
                        }
                    }
                },
                () -> {
                    if (commits.get() == commit && trouble == Trouble.DIES_AFTER) {
                        happened.set(true);
                        doomed.kill();
                    }
                });
        boolean reopened = false;
        for (int hours = 0; hours < 12; hours++) {
            engine.awaitIdle();
            if (happened.get() && trouble != Trouble.DISK_FAILS && !reopened) {
                reopened = true;
                engine.close();
                memory.interruptAll();
                engine = over(memory, builder -> builder);
                engine.register(saga);
                engine.register(child);
                engine.awaitIdle();
            }
            clock.advance(HOUR);
        }
        engine.awaitIdle();
        String context = trouble + " at commit " + commit + ": " + attempts + ", " + engine.events("one");
        assertThat(engine.list(ExecutionQuery.in(rejected ? State.COMPENSATED : State.COMPLETED)
                        .ofSaga("everything")))
                .as(context)
                .hasSize(1);
        assertThat(attempts).as(context).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(rejected ? 13 : 9);
        engine.close();
    }
}
