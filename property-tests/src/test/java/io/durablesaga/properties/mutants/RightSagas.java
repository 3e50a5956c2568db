package io.durablesaga.properties.mutants;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.UndoOptions.undoing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.durablesaga.Action;
import io.durablesaga.Bound;
import io.durablesaga.Parking;
import io.durablesaga.Polling;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.Within;
import io.durablesaga.engine.Decision;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.fault.Failing;
import io.durablesaga.testing.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Small sagas with nothing wrong in them: one for each thing that a saga can have. */
final class RightSagas {
    static final StepKey<String> FIRST = StepKey.of("first", String.class);
    static final StepKey<String> SECOND = StepKey.of("second", String.class);
    private static final StepKey<String> THIRD = StepKey.of("third", String.class);
    private static final StepKey<String> CAPTURED = StepKey.of("captured", String.class);
    private static final StepKey<String> ANSWERED = StepKey.of("answered", String.class);
    private static final StepKey<String> FOUND = StepKey.of("found", String.class);
    private static final StepKey<String> NESTED = StepKey.of("nested", String.class);
    private static final StepKey<Coin> TOSSED = StepKey.of("tossed", Coin.class);
    private static final Retries TWICE = Retries.every(Duration.ofSeconds(10), 2);
    private static final Duration BUDGET = Duration.ofSeconds(20);
    private static final Parking AN_HOUR = Parking.park(Duration.ofHours(1));

    private RightSagas() {}

    static SagaCrashTest<World, String, String> chain() {
        return test(world -> saga("chain").step(FIRST, done(), undone()).step(SECOND, done(), undone()));
    }

    static SagaCrashTest<World, String, @Nullable Void> pivot() {
        return SagaCrashTest.of(world -> saga("pivot")
                        .step(FIRST, done(), undone())
                        .pivot(AN_HOUR)
                        .step(SECOND, done())
                        .step(THIRD, done())
                        .returningNothing())
                .input("input")
                .exhaustive(1)
                .budget(BUDGET);
    }

    static SagaCrashTest<World, String, @Nullable Void> pivotSkipped() {
        return pivot().deciding(new Decision.Skip("it is not needed"));
    }

    static SagaCrashTest<World, String, String> parallel() {
        return test(world -> saga("parallel")
                .parallel(
                        "both",
                        both -> both.step(SECOND, done(), undone())
                                .branch(
                                        "branch",
                                        branch -> branch.step(THIRD, done(), undone())
                                                .step(ANSWERED, done(), undone())))
                .step(FIRST, done(), undone()));
    }

    static SagaCrashTest<World, String, String> parallelUndo() {
        return test(world -> saga("parallel-undo")
                .parallel(
                        "both",
                        both -> both.step(SECOND, done(), undone())
                                .branch(
                                        "branch",
                                        branch -> branch.step(THIRD, done(), undone())
                                                .step(ANSWERED, done(), undone()))
                                .undoInParallel())
                .step(FIRST, done(), undone()));
    }

    static SagaCrashTest<World, String, String> each() {
        return test(world -> saga("each")
                .forEach(
                        "items",
                        Bound.atMost(3),
                        view -> List.of("a", "b"),
                        item -> item,
                        each -> each.step(SECOND, scope -> "done", undone()))
                .step(FIRST, done(), undone()));
    }

    static SagaCrashTest<World, String, String> eachAtOnce() {
        return test(world -> saga("each-at-once")
                .forEach(
                        "items",
                        Bound.atMost(3).concurrently(2),
                        view -> List.of("a", "b"),
                        item -> item,
                        each -> each.step(SECOND, scope -> "done", undone()))
                .step(FIRST, done(), undone()));
    }

    /** A provider that answers the second call; two attempts are just enough. */
    static SagaCrashTest<World, String, String> retries() {
        return test(world -> {
            Provider provider = world.service(Provider.class, Provider.AnsweringSecond::new);
            return saga("retries")
                    .step(SECOND, done(), undone())
                    .step(FIRST, with().retry(TWICE), scope -> provider.call(), undone());
        });
    }

    static SagaCrashTest<World, String, String> await() {
        return test(world -> saga("await")
                        .step(FIRST, done(), undone())
                        .await(ANSWERED, Within.within(Duration.ofHours(1)), (scope, id) -> {}, undone()))
                .answering(ANSWERED, "yes");
    }

    static SagaCrashTest<World, String, String> nested() {
        Saga<String, String> inner = saga("inner")
                .step(FIRST, done(), undone())
                .step(SECOND, done(), undone())
                .returning(String.class, view -> view.result(SECOND));
        return test(
                world -> saga("outer").saga(NESTED, inner, view -> view.input()).step(FIRST, done(), undone()));
    }

    static SagaCrashTest<World, String, String> condition() {
        return test(world -> saga("condition")
                .step(FIRST, done(), undone())
                .when(
                        "it-is-done",
                        view -> view.result(FIRST).equals("done"),
                        held -> held.step(SECOND, done(), undone())));
    }

    static SagaCrashTest<World, String, String> brokenCondition() {
        return test(world -> saga("broken-condition")
                        .step(FIRST, done(), undone())
                        .when(
                                "broken",
                                view -> {
                                    throw new IllegalStateException("it cannot be told");
                                },
                                held -> held.step(SECOND, done(), undone())))
                .neverCompletes();
    }

    static SagaCrashTest<World, String, String> holding() {
        return test(world -> saga("holding")
                .step(FIRST, done(), undone())
                .step(SECOND, done(), undo(undoing().retry(Retries.none()).holdsEarlier(), (scope, effect) -> {}))
                .step(THIRD, done(), undone()));
    }

    /** An undo that works the second time, which a person asks for. */
    static SagaCrashTest<World, String, String> parkedRetry() {
        return test(world -> {
                    Provider provider = world.service(Provider.class, Provider.AnsweringSecond::new);
                    return saga("parked-retry")
                            .step(
                                    FIRST,
                                    done(),
                                    undo(undoing().retry(Retries.none()).onStuck(AN_HOUR), (scope, effect) -> {
                                        String unused = provider.call();
                                    }))
                            .step(SECOND, done(), nothingToUndo("it only fails"));
                })
                .failing(SECOND, Failing.BEFORE_EFFECT)
                .deciding(new Decision.Retry());
    }

    static SagaCrashTest<World, String, String> parkedSkip() {
        return test(world -> saga("parked-skip")
                        .step(
                                FIRST,
                                done(),
                                undo(undoing().retry(Retries.none()).onStuck(AN_HOUR), (s, e) -> {}))
                        .step(SECOND, done(), undone()))
                .deciding(new Decision.Skip("it does not matter"));
    }

    /** Which way it goes is chance, and recorded; only what comes after both ways fails. */
    static SagaCrashTest<World, String, String> capture() {
        return test(world -> {
                    Tosses tosses = world.service(Tosses.class, Tosses.Counted::new);
                    return saga("capture")
                            .capture(CAPTURED, scope -> tosses.toss())
                            .when(
                                    "heads",
                                    view -> view.result(CAPTURED).equals("heads"),
                                    heads -> heads.step(SECOND, done(), undone()),
                                    tails -> tails.step(THIRD, done(), undone()))
                            .step(FIRST, done(), undone());
                })
                .failing(FIRST, Failing.BEFORE_EFFECT, Failing.AFTER_EFFECT, Failing.REJECTED);
    }

    static SagaCrashTest<World, String, String> sleep() {
        return test(world -> saga("sleep")
                .step(FIRST, done(), undone())
                .sleep("nap", Duration.ofMinutes(1))
                .step(SECOND, done(), undone()));
    }

    /** Waits beside each other: what wakes one must not end the other. */
    static SagaCrashTest<World, String, String> waits() {
        return test(world -> {
            Provider provider = world.service(Provider.class, Provider.AnsweringSecond::new);
            return saga("waits")
                    .parallel(
                            "both",
                            both -> both.step(SECOND, with().retry(TWICE), scope -> provider.call(), undone())
                                    .branch(
                                            "branch",
                                            branch -> branch.sleep("nap", Duration.ofSeconds(5))
                                                    .sleep("rest", Duration.ofSeconds(10))));
        });
    }

    static SagaCrashTest<World, String, String> poll() {
        return test(world -> {
            Provider provider = world.service(Provider.class, Provider.AnsweringSecond::new);
            return saga("poll")
                    .step(FIRST, done(), undone())
                    .poll(FOUND, Polling.every(Duration.ofMinutes(1), 5), scope -> Optional.of(provider.call()))
                    .step(SECOND, done(), undone());
        });
    }

    /** A step whose result reads back from its record as something else than what it returned. */
    static SagaCrashTest<World, String, String> lossy() {
        return test(world -> saga("lossy")
                .step(TOSSED, scope -> new Coin("heads", true), undo((scope, effect) -> {}))
                .when("seen", view -> view.result(TOSSED).seen(), held -> held.step(SECOND, done(), undone()))
                .step(FIRST, done(), undone()));
    }

    static SagaCrashTest<World, String, String> fewInterruptions() {
        return test(world -> saga("few-interruptions").step(FIRST, with().interruptions(1), done(), undone()))
                .exhaustive(2);
    }

    private static SagaCrashTest<World, String, String> test(Subject subject) {
        return SagaCrashTest.of(world -> subject.of(world).returning(String.class, view -> view.input()))
                .input("input")
                .exhaustive(1)
                .budget(BUDGET);
    }

    private static SagaBuilder<String> saga(String name) {
        return SagaBuilder.saga(name, String.class);
    }

    private static Action<Scope<String>, String> done() {
        return scope -> "done";
    }

    private static <S> Undo<S, String> undone() {
        return undo(undoing().retry(TWICE), (scope, effect) -> {});
    }

    /** A saga, all but what it yields. */
    @FunctionalInterface
    private interface Subject {
        SagaBuilder<String> of(World world);
    }

    /** Of its two parts the record holds one. */
    @JsonIgnoreProperties(value = "seen", ignoreUnknown = true)
    record Coin(
            @JsonProperty("side") String side,
            @JsonProperty("seen") boolean seen) {}
}
