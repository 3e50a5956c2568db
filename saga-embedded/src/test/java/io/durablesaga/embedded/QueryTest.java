package io.durablesaga.embedded;

import static io.durablesaga.Parking.park;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.UndoOptions.undoing;
import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.StepRejected;
import io.durablesaga.embedded.ExecutionSummary.State;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be asked of an engine, and what can be said to its callbacks. */
class QueryTest extends EngineTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicReference<String> actionKey = new AtomicReference<>();
    private final AtomicReference<String> undoKey = new AtomicReference<>();
    private final Saga<String, String> answered = saga("answered")
            .await(A, within(HOUR).heartbeat(Duration.ofMinutes(10)), (s, id) -> {}, none())
            .returning(String.class, v -> v.result(A));
    private final Saga<String, ?> napping = saga("napping").sleep("nap", HOUR).returningNothing();
    private EmbeddedEngine engine;

    @BeforeEach
    void openEngine() {
        engine = open();
    }

    @AfterEach
    void releaseBodies() {
        release.countDown();
    }

    private <O> Execution<O> start(Saga<String, O> saga, String name) {
        engine.register(saga);
        return engine.start(saga, name, "x");
    }

    /** Its undo fails; parked for a person if asked to, else stuck. */
    private Saga<String, ?> notUndone(String name, boolean parks) {
        var options = undoing().retry(Retries.none());
        return saga(name)
                .step(
                        A,
                        s -> {
                            actionKey.set(s.key());
                            return "a";
                        },
                        undo(parks ? options.onStuck(park(HOUR)) : options, (s, effect) -> {
                            undoKey.set(s.key());
                            throw new IllegalStateException("out of order");
                        }))
                .step(
                        B,
                        s -> {
                            throw new StepRejected("no");
                        },
                        none())
                .returningNothing();
    }

    private void oneInEachState() {
        completed(start(echo("echo"), "completed"));
        ended(start(
                saga("rejecting")
                        .step(
                                A,
                                s -> {
                                    throw new StepRejected("no");
                                },
                                none())
                        .returningNothing(),
                "compensated"));
        ended(start(notUndone("sticking", false), "stuck"));
        start(notUndone("parking", true), "parked");
        start(napping, "waiting");
        start(saga("halting").sleep("nap", Duration.ofMillis(1)).returningNothing(), "halted");
        engine.awaitIdle();
        engine.register(saga("halting").sleep("other", HOUR).returningNothing());
        clock.advance(Duration.ofMillis(1));
        engine.awaitIdle();
        CountDownLatch running = new CountDownLatch(1);
        start(
                saga("blocking")
                        .step(
                                A,
                                s -> {
                                    running.countDown();
                                    await(release);
                                    return "a";
                                },
                                none())
                        .returningNothing(),
                "running");
        await(running);
    }

    @Test
    void executions_are_listed_by_each_state_by_saga_and_by_age() {
        Instant begun = clock.instant();
        oneInEachState();

        for (State state : State.values()) {
            assertThat(engine.list(ExecutionQuery.in(state)))
                    .as("those %s", state)
                    .singleElement()
                    .satisfies(summary -> {
                        assertThat(summary.name()).isEqualToIgnoringCase(state.name());
                        assertThat(summary.state()).isEqualTo(state);
                        assertThat(summary.startedAt()).isBetween(begun, clock.instant());
                    });
        }
        assertThat(names(ExecutionQuery.all()))
                .containsExactly("running", "halted", "waiting", "parked", "stuck", "compensated", "completed");
        assertThat(names(ExecutionQuery.all().limit(2))).containsExactly("running", "halted");
        assertThat(names(ExecutionQuery.stuck())).containsExactly("stuck");
        assertThat(names(ExecutionQuery.parked())).containsExactly("parked");
        assertThat(names(ExecutionQuery.all().ofSaga("napping"))).containsExactly("waiting");
        assertThat(names(ExecutionQuery.all().ofSaga("nobody's"))).isEmpty();
        assertThat(names(ExecutionQuery.unfinishedIdleSince(begun))).containsExactly("waiting", "parked");
        assertThat(names(ExecutionQuery.unfinishedIdleSince(begun.minusMillis(1))))
                .isEmpty();
        assertThat(names(ExecutionQuery.unfinishedIdleSince(clock.instant())))
                .containsExactly("running", "halted", "waiting", "parked");
        assertThatThrownBy(() -> ExecutionQuery.all().limit(0)).hasMessageContaining("limit: 0; at least 1");
        assertThat(engine.list(ExecutionQuery.in(State.WAITING)).get(0).wakesAt())
                .isEqualTo(begun.plus(HOUR));
    }

    @Test
    void an_execution_is_found_by_the_keys_of_its_effects_and_by_nothing_else() {
        ended(start(notUndone("sticking", false), "stuck"));
        assertThat(engine.findByKey(actionKey.get()))
                .map(ExecutionSummary::name)
                .contains("stuck");
        assertThat(engine.findByKey(undoKey.get())).map(ExecutionSummary::name).contains("stuck");
        for (String key :
                List.of("", "garbage", "a-0123456789abcdef-0123456789abcdef01234567", actionKey.get() + "0")) {
            assertThat(engine.findByKey(key)).as(key).isEmpty();
        }
    }

    @Test
    void events_and_callbacks_of_nothing_are_none() {
        assertThat(engine.events("nobody")).isEmpty();
        assertThat(engine.callbacks("nobody")).isEmpty();
    }

    @Test
    void the_first_answer_to_a_callback_counts_and_every_other_says_why_not() {
        Execution<String> execution = start(answered, "one");
        engine.awaitIdle();
        String id = engine.callbacks("one").get(0).id();
        assertThat(engine.heartbeat(id)).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(engine.completeCallback("nobody's", "x")).isEqualTo(CallbackAnswer.UNKNOWN);
        assertThat(engine.failCallback("nobody's", "x")).isEqualTo(CallbackAnswer.UNKNOWN);
        assertThat(engine.heartbeat("nobody's")).isEqualTo(CallbackAnswer.UNKNOWN);
        assertThat(engine.decide("nobody's", new Decision.Retry())).isEqualTo(CallbackAnswer.UNKNOWN);
        assertThatThrownBy(() -> engine.decide(id, new Decision.Retry()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(id, "not for a decision", "complete it");

        assertThat(engine.completeCallback(id, "\"yes\"")).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(engine.completeCallback(id, "\"no\"")).isEqualTo(CallbackAnswer.DUPLICATE);
        assertThat(engine.failCallback(id, "no")).isEqualTo(CallbackAnswer.DUPLICATE);
        assertThat(engine.heartbeat(id)).isEqualTo(CallbackAnswer.DUPLICATE);
        assertThat(completed(execution)).isEqualTo("yes");
        assertThat(engine.callbacks("one")).isEmpty();
    }

    @Test
    void an_answer_after_the_timeout_or_a_missed_heartbeat_is_late() {
        start(answered, "one");
        engine.awaitIdle();
        String id = engine.callbacks("one").get(0).id();
        clock.advance(Duration.ofMinutes(10));
        assertThat(engine.callbacks("one")).isEmpty();
        assertThat(engine.completeCallback(id, "\"yes\"")).isEqualTo(CallbackAnswer.LATE);
        assertThat(engine.heartbeat(id)).isEqualTo(CallbackAnswer.LATE);
        engine.awaitIdle();
        assertThat(engine.list(ExecutionQuery.in(State.COMPENSATED))).hasSize(1);
    }

    /** The notification failed, so nobody waits for the callback any more. */
    @Test
    void a_callback_of_an_execution_that_has_ended_is_not_open() {
        AtomicReference<String> sent = new AtomicReference<>();
        ended(start(
                saga("failing")
                        .await(
                                A,
                                within(HOUR),
                                (s, id) -> {
                                    sent.set(id);
                                    throw new IllegalStateException("not sent");
                                },
                                none())
                        .returningNothing(),
                "one"));
        assertThat(engine.callbacks("one")).isEmpty();
        assertThat(engine.completeCallback(sent.get(), "\"yes\"")).isEqualTo(CallbackAnswer.LATE);
    }

    @Test
    void a_decision_is_told_from_a_payload() {
        start(notUndone("parking", true), "one");
        engine.awaitIdle();
        EmbeddedEngine.OpenCallback open = engine.callbacks("one").get(0);
        assertThat(open.decision()).isTrue();
        assertThat(open.path()).isEqualTo("a");
        assertThat(open.until()).isEqualTo(clock.instant().plus(HOUR));
        assertThatThrownBy(() -> engine.completeCallback(open.id(), "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(open.id(), "waits for a decision", "decide(...)");
        assertThatThrownBy(() -> engine.failCallback(open.id(), "no")).hasMessageContaining("decide(...)");
        assertThat(engine.decide(open.id(), new Decision.Skip("lost"))).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(engine.decide(open.id(), new Decision.Retry())).isEqualTo(CallbackAnswer.DUPLICATE);
        engine.awaitIdle();
        assertThat(names(ExecutionQuery.stuck())).containsExactly("one");
    }

    @Test
    void waiting_for_an_end_lasts_as_long_as_it_is_asked_to_and_no_longer() throws Exception {
        Execution<?> execution = start(napping, "one");
        engine.awaitIdle();
        assertThat(execution.await(Duration.ofMillis(5))).isEmpty();
        assertThat(execution.await(Duration.ZERO)).isEmpty();
        assertThat(execution.status())
                .isEqualTo(new SagaStatus.Waiting<>(clock.instant().plus(HOUR)));
        clock.advance(HOUR);
        assertThat(execution.await(Duration.ofSeconds(Long.MAX_VALUE)).orElseThrow())
                .isInstanceOf(SagaResult.Completed.class);
        assertThat(execution.result()).isPresent();
        assertThat(execution.summary().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void a_caller_who_is_interrupted_while_it_waits_leaves_nothing_behind() throws Exception {
        Execution<?> execution = start(napping, "one");
        engine.awaitIdle();
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            try {
                execution.await(Duration.ofSeconds(Long.MAX_VALUE));
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        waiting.start();
        while (engine.waiters() == 0) {
            Thread.onSpinWait();
        }
        waiting.interrupt();
        await(interrupted);
        assertThat(engine.waiters()).isZero();
    }

    private List<String> names(ExecutionQuery query) {
        return engine.list(query).stream().map(ExecutionSummary::name).toList();
    }
}
