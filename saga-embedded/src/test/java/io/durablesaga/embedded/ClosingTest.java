package io.durablesaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.StepRejected;
import io.durablesaga.Undo;
import io.durablesaga.event.SagaEvent;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An engine closes while bodies run; what is unfinished goes on when the journal is opened again. */
class ClosingTest extends EngineTest {
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final EngineThreads threads = new EngineThreads();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private EngineBuilder noGrace(EngineBuilder builder) {
        return builder.grace(Duration.ofMillis(1)).listener(event -> events.add(described(event)));
    }

    /** Its first attempt blocks until it is released or interrupted. */
    private Saga<String, String> blocking(boolean heedsInterrupts, boolean rejectsLater) {
        return saga("blocking")
                .step(
                        A,
                        s -> {
                            seen.add("a#" + s.attempt() + " " + s.key());
                            if (s.attempt() > 1 && rejectsLater) {
                                throw new StepRejected("no");
                            }
                            if (s.attempt() == 1) {
                                running.countDown();
                                block(heedsInterrupts);
                            }
                            return "did " + s.attempt();
                        },
                        Undo.undo((s, effect) -> seen.add("undo a " + effect.result())))
                .returning(String.class, v -> v.result(A));
    }

    private void block(boolean heedsInterrupts) throws InterruptedException {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                if (heedsInterrupts) {
                    throw e;
                }
            }
        }
    }

    @Test
    void a_body_that_returns_within_the_grace_has_completed() throws Exception {
        Saga<String, String> saga = blocking(true, false);
        EmbeddedEngine engine = open();
        engine.register(saga);
        engine.start(saga, "one", "x");
        await(running);
        Thread closing = new Thread(engine::close);
        closing.start();
        release.countDown();
        closing.join();

        EmbeddedEngine again = open();
        again.register(saga);
        assertThat(completed(again.find(saga, "one").orElseThrow())).isEqualTo("did 1");
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_body_that_outlasts_the_grace_is_interrupted_and_attempted_again_with_the_same_key() {
        Saga<String, String> saga = blocking(true, false);
        EmbeddedEngine engine = open(this::noGrace);
        engine.register(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        await(running);
        engine.close();

        EmbeddedEngine again = open();
        again.register(saga);
        assertThat(completed(again.find(saga, "one").orElseThrow())).isEqualTo("did 2");
        assertThat(again.events("one"))
                .extracting(ExecutionEvent::what)
                .containsExactly(
                        ExecutionEvent.What.RESUMED, ExecutionEvent.What.ATTEMPT, ExecutionEvent.What.COMPLETED);
        assertThat(seen).hasSize(2);
        assertThat(seen.stream().map(line -> line.replaceFirst(".* ", "")).distinct())
                .hasSize(1);
        assertThat(execution.id())
                .isEqualTo(again.find(saga, "one").orElseThrow().id());
    }

    @Test
    void a_rejection_after_an_attempt_that_closing_interrupted_is_unknown() {
        Saga<String, String> saga = blocking(true, true);
        EmbeddedEngine engine = open(this::noGrace);
        engine.register(saga);
        engine.start(saga, "one", "x");
        await(running);
        engine.close();

        EmbeddedEngine again = open();
        again.register(saga);
        SagaResult<String> result = ended(again.find(saga, "one").orElseThrow());
        assertThat(result).isInstanceOfSatisfying(SagaResult.Compensated.class, compensated -> {
            assertThat(compensated.cause().failure().kind()).isEqualTo(Failure.Kind.UNKNOWN);
        });
        assertThat(seen).last().isEqualTo("undo a Optional.empty");
    }

    @Test
    void a_body_that_heeds_no_interrupt_does_not_keep_the_engine_from_closing_and_changes_nothing_later()
            throws Exception {
        Saga<String, String> saga = blocking(false, false);
        EmbeddedEngine engine = open(this::noGrace);
        engine.register(saga);
        engine.start(saga, "one", "x");
        await(running);
        engine.close();
        Set<Thread> left = threads.alive();

        EmbeddedEngine again = open();
        again.register(saga);
        assertThat(completed(again.find(saga, "one").orElseThrow())).isEqualTo("did 2");
        List<ExecutionEvent> before = again.events("one");
        release.countDown();
        EngineThreads.awaitEnd(left);
        assertThat(again.events("one")).isEqualTo(before);
    }

    @Test
    void a_body_that_heeds_no_interrupt_past_its_timeout_is_waited_for() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Saga<String, String> saga = saga("deaf")
                .step(
                        A,
                        StepOptions.with().timeout(Duration.ofMillis(10)),
                        s -> {
                            seen.add("begins");
                            while (release.getCount() > 0) {
                                try {
                                    release.await();
                                } catch (InterruptedException e) {
                                    interrupted.countDown();
                                }
                            }
                            seen.add("ends");
                            throw new IllegalStateException("too late");
                        },
                        Undo.undo((s, effect) -> seen.add("undo")))
                .returning(String.class, v -> v.result(A));
        EmbeddedEngine engine = open();
        engine.register(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        await(interrupted);
        assertThat(execution.await(Duration.ofMillis(1))).isEmpty();
        assertThat(seen).containsExactly("begins");
        release.countDown();
        ended(execution);
        assertThat(seen).containsExactly("begins", "ends", "undo");
    }

    /** Members that wait for a place when the engine closes have not been started, and do not keep it from closing. */
    @Test
    void members_that_had_no_place_yet_are_left_for_later() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Saga<String, String> saga = saga("wide")
                .parallel(
                        "all",
                        members -> IntStream.range(0, 6)
                                .forEach(i -> members.step(
                                        StepKey.of("step-" + i, String.class),
                                        s -> {
                                            seen.add("step-" + i + "#" + s.attempt());
                                            both.countDown();
                                            release.await();
                                            return "did";
                                        },
                                        none())))
                .returning(String.class, v -> "done");
        EmbeddedEngine engine = open(builder -> noGrace(builder).threads(2));
        engine.register(saga);
        engine.start(saga, "one", "x");
        await(both);
        engine.close();
        EngineThreads.awaitEnd(threads.alive());
        assertThat(seen).hasSize(2);
        release.countDown();

        EmbeddedEngine again = open();
        again.register(saga);
        assertThat(completed(again.find(saga, "one").orElseThrow())).isEqualTo("done");
    }

    @Test
    void an_execution_whose_turn_never_came_is_told_as_started_once() {
        Saga<String, String> blocking = blocking(true, false);
        Saga<String, String> echo = echo("echo");
        EmbeddedEngine engine = open(builder -> noGrace(builder).threads(1));
        engine.register(blocking);
        engine.register(echo);
        engine.start(blocking, "one", "x");
        await(running);
        engine.start(echo, "two", "x");
        engine.close();

        EmbeddedEngine again = open(this::noGrace);
        again.register(echo);
        assertThat(completed(again.find(echo, "two").orElseThrow())).isEqualTo("did x");
        again.close();
        assertThat(events).contains("two Started", "two Completed", "two Ended");
        assertThat(events.stream().filter("two Started"::equals)).hasSize(1);
    }

    @Test
    void nothing_of_a_closed_engine_stays_behind() throws Exception {
        Saga<String, String> echo = echo("echo");
        EmbeddedEngine engine = open();
        engine.register(echo);
        completed(engine.start(echo, "one", "x"));
        Set<Thread> running = threads.alive();
        assertThat(running).isNotEmpty();
        engine.close();
        EngineThreads.awaitEnd(running);
    }

    private static String described(SagaEvent event) {
        return event.execution().name() + " " + event.getClass().getSimpleName();
    }
}
