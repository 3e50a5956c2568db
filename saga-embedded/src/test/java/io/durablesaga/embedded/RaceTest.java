package io.durablesaga.embedded;

import static io.durablesaga.Retries.every;
import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.engine.CallbackAnswer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes from outside while something of the same execution runs, or is just about to wait for it. */
class RaceTest extends EngineTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void a_retry_is_due_while_the_body_of_a_sibling_still_runs() {
        EmbeddedEngine engine = inMemory(builder -> builder.threads(2));
        CountDownLatch retried = new CountDownLatch(1);
        CountDownLatch failed = new CountDownLatch(1);
        Saga<String, String> saga = saga("siblings")
                .parallel(
                        "both",
                        members -> members.step(
                                        A,
                                        s -> {
                                            running.countDown();
                                            await(release);
                                            return "a";
                                        },
                                        none())
                                .step(
                                        B,
                                        with().retry(every(HOUR, 2)),
                                        s -> {
                                            if (s.attempt() == 1) {
                                                failed.countDown();
                                                throw new IllegalStateException("later");
                                            }
                                            retried.countDown();
                                            return "b" + s.attempt();
                                        },
                                        none()))
                .returning(String.class, v -> v.result(A) + v.result(B));
        engine.register(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        await(running);
        await(failed);
        while (retried.getCount() > 0) {
            clock.advance(HOUR);
        }
        release.countDown();
        assertThat(completed(execution)).isEqualTo("ab2");
    }

    @Test
    void a_callback_is_completed_while_the_body_of_a_sibling_still_runs() {
        EmbeddedEngine engine = inMemory(builder -> builder.threads(2));
        CountDownLatch wentOn = new CountDownLatch(1);
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        Saga<String, String> saga = saga("siblings")
                .parallel(
                        "both",
                        members -> members.branch(
                                        "ask",
                                        b -> b.await(A, within(HOUR), (s, id) -> sent.add(id), none())
                                                .step(
                                                        C,
                                                        s -> {
                                                            wentOn.countDown();
                                                            return "c";
                                                        },
                                                        none()))
                                .step(
                                        B,
                                        s -> {
                                            await(release);
                                            return "b";
                                        },
                                        none()))
                .returning(String.class, v -> v.result(A) + v.result(B) + v.result(C));
        engine.register(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        assertThat(engine.completeCallback(taken(sent), "\"a\"")).isEqualTo(CallbackAnswer.ACCEPTED);
        await(wentOn);
        release.countDown();
        assertThat(completed(execution)).isEqualTo("abc");
    }

    /** Somebody answers as soon as the question is out: before, while or after the execution suspends. */
    @Test
    void no_answer_is_lost_between_the_question_and_the_wait_for_it() {
        EmbeddedEngine engine = inMemory(builder -> builder.threads(2));
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        Saga<String, String> saga = saga("asking")
                .await(A, within(HOUR), (s, id) -> sent.add(id), none())
                .returning(String.class, v -> v.result(A));
        engine.register(saga);
        for (int round = 0; round < 1_000; round++) {
            Execution<String> execution = engine.start(saga, "n" + round, "x");
            String id = taken(sent);
            for (int spin = 0; spin < round * 20; spin++) {
                Thread.onSpinWait();
            }
            assertThat(engine.completeCallback(id, "\"y\"")).isEqualTo(CallbackAnswer.ACCEPTED);
            assertThat(completed(execution)).isEqualTo("y");
        }
    }

    /** The same, over a file, with several questions of one execution answered at the same time. */
    @Test
    void no_answer_is_lost_where_several_are_given_at_once() {
        EmbeddedEngine engine = open(builder -> builder.threads(2));
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        Saga<String, String> saga = saga("asking")
                .parallel(
                        "both",
                        members -> members.branch(
                                        "left", b -> b.await(A, within(HOUR), (s, id) -> sent.add(id), none()))
                                .branch("right", b -> b.await(B, within(HOUR), (s, id) -> sent.add(id), none()))
                                .step(C, s -> "c", none()))
                .returning(String.class, v -> v.result(A) + v.result(B));
        engine.register(saga);
        for (int round = 0; round < 100; round++) {
            Execution<String> execution = engine.start(saga, "n" + round, "x");
            Callers.call(2, 2, i -> engine.completeCallback(taken(sent), "\"y\""));
            assertThat(completed(execution)).isEqualTo("yy");
        }
    }

    @Test
    void a_child_ends_while_its_parent_still_runs() {
        EmbeddedEngine engine = inMemory(builder -> builder.threads(2));
        CountDownLatch wentOn = new CountDownLatch(1);
        Saga<String, String> child = echo("child");
        Saga<String, String> parent = saga("parent")
                .parallel(
                        "both",
                        members -> members.branch(
                                        "invoke",
                                        b -> b.invoke(B, "child", v -> "x", none())
                                                .step(
                                                        C,
                                                        s -> {
                                                            wentOn.countDown();
                                                            return "c";
                                                        },
                                                        none()))
                                .step(
                                        A,
                                        s -> {
                                            await(release);
                                            return "a";
                                        },
                                        none()))
                .returning(String.class, v -> v.result(A) + " " + v.result(B));
        engine.register(child);
        engine.register(parent);
        Execution<String> execution = engine.start(parent, "one", "x");
        await(wentOn);
        release.countDown();
        assertThat(completed(execution)).isEqualTo("a did x");
    }

    @Test
    void children_end_just_as_their_parents_suspend() {
        EmbeddedEngine engine = open(builder -> builder.threads(4));
        Saga<String, String> child = echo("child");
        Saga<String, String> parent = saga("parent")
                .invoke(A, "child", v -> "1", none())
                .parallel(
                        "both",
                        members -> members.branch("left", b -> b.invoke(B, "child", v -> "2", none()))
                                .branch("right", b -> b.invoke(C, "child", v -> "3", none())))
                .returning(String.class, v -> v.result(A) + v.result(B) + v.result(C));
        engine.register(child);
        engine.register(parent);
        List<Execution<String>> executions = IntStream.range(0, 200)
                .mapToObj(i -> engine.start(parent, "n" + i, "x"))
                .toList();
        executions.forEach(execution -> assertThat(completed(execution)).isEqualTo("did 1did 2did 3"));
    }

    /** Time moves all the while: alarms ring while their lines wait, run, and suspend. */
    @Test
    void retries_of_siblings_each_run_once_while_time_moves() {
        EmbeddedEngine engine = inMemory(builder -> builder.threads(4));
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger left = new AtomicInteger(100);
        Saga<String, String> saga = saga("moving")
                .parallel(
                        "all",
                        members -> IntStream.rangeClosed(1, 5)
                                .forEach(i -> members.step(
                                        io.durablesaga.StepKey.of("step-" + i, String.class),
                                        with().retry(every(Duration.ofMillis(i), 3)),
                                        s -> {
                                            attempts.incrementAndGet();
                                            if (s.attempt() < 3) {
                                                throw new IllegalStateException("later");
                                            }
                                            return "did";
                                        },
                                        none())))
                .step(A, s -> "done " + left.decrementAndGet(), none())
                .returning(String.class, v -> "done");
        engine.register(saga);
        List<Execution<String>> executions = IntStream.range(0, 100)
                .mapToObj(i -> engine.start(saga, "n" + i, "x"))
                .toList();
        while (left.get() > 0) {
            clock.advance(Duration.ofMillis(1));
        }
        executions.forEach(execution -> assertThat(completed(execution)).isEqualTo("done"));
        assertThat(attempts).hasValue(100 * 5 * 3);
    }

    private static String taken(BlockingQueue<String> sent) {
        try {
            String id = sent.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            if (id == null) {
                throw new AssertionError("nothing was sent within " + SOON);
            }
            return id;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
