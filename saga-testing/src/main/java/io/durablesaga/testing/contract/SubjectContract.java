package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Bound;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.StepRejected;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.EffectKeys;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.engine.EngineUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * One subject of the contract: a fresh engine in a fresh world for every test, and the words its scenarios are told in. An
 * engine that hangs fails.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class SubjectContract {
    /** What the execution of a scenario is started under, where it has only one. */
    static final String NAME = "order-1";

    static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    static final StepKey<String> RESERVE = StepKey.of("reserve", String.class);
    static final StepKey<String> CHARGE = StepKey.of("charge", String.class);
    static final StepKey<String> SHIP = StepKey.of("ship", String.class);

    private static final int MOST_INCARNATIONS = 100;

    EngineUnderTest engine;
    World world;

    /** A new engine over empty records. */
    abstract EngineUnderTest open();

    @BeforeEach
    void begin() {
        engine = open();
        world = new World(engine::kill);
    }

    @AfterEach
    void end() {
        engine.close();
        assertThat(world.violations()).isEmpty();
    }

    /** One of several cases in a test, on an engine and in a world of its own. */
    void inNewWorld(Runnable scenario) {
        engine.close();
        begin();
        scenario.run();
        assertThat(world.violations()).isEmpty();
    }

    // sagas

    static SagaBuilder<String> saga() {
        return SagaBuilder.saga("order", String.class);
    }

    /** Three steps, each with its undo. */
    Saga<String, String> order() {
        return order(StepOptions.DEFAULT);
    }

    /** Three steps, each with its undo, the second attempted this way. */
    Saga<String, String> order(StepOptions charging) {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(CHARGE, charging, world.does("charge"), world.undoes("charge"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(RESERVE) + ", " + s.result(CHARGE) + ", " + s.result(SHIP));
    }

    /** A parallel with a branch, then items at the same time, then a step. */
    Saga<String, String> group() {
        StepKey<String> left = StepKey.of("left", String.class);
        StepKey<String> first = StepKey.of("first", String.class);
        StepKey<String> second = StepKey.of("second", String.class);
        StepKey<String> room = StepKey.of("room", String.class);
        return SagaBuilder.saga("group", String.class)
                .parallel(
                        "both",
                        both -> both.step(left, world.does("left"), world.undoes("left"))
                                .branch(
                                        "branch",
                                        branch -> branch.step(first, world.does("first"), world.undoes("first"))
                                                .step(second, world.does("second"), world.undoes("second"))))
                .forEach(
                        "rooms",
                        Bound.atMost(2).concurrently(2),
                        s -> List.of("a", "b"),
                        item -> item,
                        item -> item.step(room, world.doesEach("room"), world.undoesEach("room")))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(left) + ", " + s.result(second) + ", " + s.results(room));
    }

    // what happens

    /** Registers a saga and runs it as far as it goes now. */
    void start(Saga<String, ?> saga) {
        start(saga, "books");
    }

    <I> void start(Saga<I, ?> saga, I input) {
        engine.register(saga);
        engine.start(saga, NAME, input);
        engine.settle();
    }

    /** The process dies between two bodies, and a new one starts. */
    void restart() {
        world.die();
        reopen();
    }

    /** A new process, and another one as long as bodies die. */
    void reopen() {
        for (int i = 0; i < MOST_INCARNATIONS && world.isDead(); i++) {
            engine.bury();
            world.reborn();
            engine.reopen();
        }
        assertThat(world.isDead())
                .as("still dying after %d incarnations", MOST_INCARNATIONS)
                .isFalse();
    }

    /** Somebody answers the open callback of a node. */
    void complete(String path, String payload) {
        assertThat(engine.complete(callback(path), payload)).isEqualTo(CallbackAnswer.ACCEPTED);
        engine.settle();
    }

    /** Somebody decides the one thing that the execution is parked on. */
    void decide(Saga<?, ?> saga, Decision decision) {
        assertThat(engine.decide(parked(saga).id(), decision)).isEqualTo(CallbackAnswer.ACCEPTED);
        engine.settle();
    }

    // what is seen

    /** The id of the open callback of a node. */
    String callback(String path) {
        String id = engine.callbacks(NAME).get(path);
        assertThat(id)
                .as("the open callback of %s among %s", path, engine.callbacks(NAME))
                .isNotNull();
        return Objects.requireNonNull(id);
    }

    /** What has been recorded, as {@code KIND name OUTCOME}. */
    List<String> operations() {
        return engine.operations(NAME).stream()
                .map(EngineUnderTest.RecordedOperation::toString)
                .toList();
    }

    <O extends @Nullable Object> SagaResult<O> result(Saga<?, O> saga) {
        return result(saga, NAME);
    }

    <O extends @Nullable Object> SagaResult<O> result(Saga<?, O> saga, String name) {
        SagaStatus<O> status = engine.status(saga, name);
        if (status instanceof SagaStatus.Ended<O> ended) {
            return ended.result();
        }
        throw new AssertionError(name + " has not ended, it is " + status + "; attempts: " + world.attempts());
    }

    <O extends @Nullable Object> O completed(Saga<?, O> saga) {
        return completed(saga, NAME);
    }

    <O extends @Nullable Object> O completed(Saga<?, O> saga, String name) {
        SagaResult<O> result = result(saga, name);
        if (result instanceof SagaResult.Completed<O> completed) {
            return completed.value();
        }
        throw new AssertionError(name + " has not completed, it is " + result);
    }

    <O extends @Nullable Object> SagaResult.Compensated<O> compensated(Saga<?, O> saga) {
        SagaResult<O> result = result(saga);
        if (result instanceof SagaResult.Compensated<O> compensated) {
            return compensated;
        }
        throw new AssertionError("not compensated: " + result);
    }

    <O extends @Nullable Object> SagaResult.Stuck<O> stuck(Saga<?, O> saga) {
        SagaResult<O> result = result(saga);
        if (result instanceof SagaResult.Stuck<O> stuck) {
            return stuck;
        }
        throw new AssertionError("not stuck: " + result);
    }

    /** The one thing that the execution is parked on. */
    <O extends @Nullable Object> SagaStatus.ParkedDecision parked(Saga<?, O> saga) {
        SagaStatus<O> status = engine.status(saga, NAME);
        if (status instanceof SagaStatus.Parked<O> parked && parked.decisions().size() == 1) {
            return parked.decisions().get(0);
        }
        throw new AssertionError("not parked on one decision: " + status);
    }

    /** Nothing runs before time passes or somebody outside acts. */
    void assertWaiting(Saga<?, ?> saga) {
        assertThat(engine.status(saga, NAME)).isInstanceOf(SagaStatus.Waiting.class);
    }

    /** What became of each effect, as {@code path STATE}. */
    static List<String> states(List<EffectReport> effects) {
        return effects.stream()
                .map(effect -> effect.path() + " " + effect.state())
                .toList();
    }

    String actionKey(String path) {
        return EffectKeys.action(new ExecutionIdentity(engine.id(NAME), NAME), path);
    }

    String undoKey(String path) {
        return EffectKeys.undo(new ExecutionIdentity(engine.id(NAME), NAME), path);
    }

    static Failure says(String name) {
        return Failure.rejected(StepRejected.class.getName(), name + " says no");
    }

    static Failure silent(String name) {
        return Failure.unknown(Fault.Unavailable.class.getName(), name + " does not answer");
    }
}
