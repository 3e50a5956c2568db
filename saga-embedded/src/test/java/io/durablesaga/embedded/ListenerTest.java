package io.durablesaga.embedded;

import static io.durablesaga.Parking.park;
import static io.durablesaga.Retries.every;
import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.UndoOptions.undoing;
import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.StepRejected;
import io.durablesaga.engine.Decision;
import io.durablesaga.event.SagaEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Each event is told once, however often the execution suspends, is replayed, or moves to another engine. */
class ListenerTest extends EngineTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final StepKey<String> LAST = StepKey.of("last", String.class);

    private final HeardEvents events = new HeardEvents();

    private EngineBuilder heard(EngineBuilder builder) {
        return builder.listener(events);
    }

    @AfterEach
    void forget() {
        RecordingLogs.end();
    }

    /** Retries, two branches, a sleep, a callback, a rejection, undos, one of them parked and then resolved. */
    private Saga<String, ?> eventful() {
        return saga("eventful")
                .step(
                        A,
                        with().retry(every(HOUR, 3)),
                        s -> {
                            if (s.attempt() < 3) {
                                throw new IllegalStateException("not yet");
                            }
                            return "a";
                        },
                        undo(undoing().retry(Retries.none()).onStuck(park(HOUR)), (s, effect) -> {
                            throw new IllegalStateException("out of order");
                        }))
                .parallel(
                        "both",
                        members -> members.branch(
                                        "left", b -> b.sleep("nap", HOUR).step(B, s -> "b", undo((s, effect) -> {})))
                                .step(C, s -> "c", none()))
                .await(StepKey.of("answer", String.class), within(HOUR), (s, id) -> {}, undo((s, effect) -> {}))
                .step(
                        LAST,
                        s -> {
                            throw new StepRejected("no");
                        },
                        none())
                .returningNothing();
    }

    private static final List<String> EVENTFUL = List.of(
            "Started",
            "AttemptFailed a#1 PT1H",
            "AttemptFailed a#2 PT1H",
            "Completed a",
            "Completed both/left/nap",
            "Completed both/left/b",
            "Completed both/c",
            "Waiting answer",
            "Completed answer",
            "AttemptFailed last#1 null",
            "Failed last",
            "Unwinding last",
            "Undone answer",
            "Undone both/left/b",
            "AttemptFailed undo a#1 null",
            "UndoFailed a",
            "Parked a",
            "Decided a",
            "Ended");

    @Test
    void each_event_is_told_once_however_often_the_execution_is_replayed() {
        EmbeddedEngine engine = open(this::heard);
        engine.register(eventful());
        runThrough(engine, () -> engine);
        assertThat(events.heard()).containsExactlyElementsOf(EVENTFUL);
    }

    @Test
    void each_event_is_told_once_however_often_the_journal_is_opened_anew() {
        AtomicReference<EmbeddedEngine> engine = new AtomicReference<>(open(this::heard));
        engine.get().register(eventful());
        runThrough(engine.get(), () -> {
            engine.get().close();
            engine.set(open(this::heard));
            engine.get().register(eventful());
            engine.get().awaitIdle();
            return engine.get();
        });
        assertThat(events.heard()).containsExactlyElementsOf(EVENTFUL);
    }

    @Test
    void each_event_is_one_line_of_the_log() {
        RecordingLogs.begin();
        EmbeddedEngine engine = open(this::heard);
        engine.register(eventful());
        runThrough(engine, () -> engine);
        String label = "saga eventful, execution one: ";
        assertThat(RecordingLogs.end().stream()
                        .filter(line -> line.contains(label))
                        .map(line -> line.replace(label, "").replaceAll("[0-9a-f]{32}", "ID")))
                .containsExactly(
                        "DEBUG started",
                        "WARN a attempt 1 failed: java.lang.IllegalStateException, next in PT1H",
                        "WARN a attempt 2 failed: java.lang.IllegalStateException, next in PT1H",
                        "DEBUG a completed, attempts 3",
                        "DEBUG both/left/nap completed, attempts 1",
                        "DEBUG both/left/b completed, attempts 1",
                        "DEBUG both/c completed, attempts 1",
                        "DEBUG answer waits for a callback",
                        "DEBUG answer completed, attempts 1",
                        "WARN last attempt 1 failed: io.durablesaga.StepRejected",
                        "WARN last REJECTED: io.durablesaga.StepRejected, attempts 1",
                        "WARN unwinds because of last: io.durablesaga.StepRejected",
                        "INFO answer undone, attempts 1",
                        "INFO both/left/b undone, attempts 1",
                        "WARN undo of a attempt 1 failed: java.lang.IllegalStateException",
                        "WARN undo of a failed for good: java.lang.IllegalStateException, attempts 1",
                        "WARN a is parked for a decision: ID",
                        "INFO a decided: Resolved",
                        "INFO ended compensated");
    }

    private void runThrough(EmbeddedEngine first, java.util.function.Supplier<EmbeddedEngine> next) {
        Saga<String, ?> saga = eventful();
        first.register(saga);
        first.start(saga, "one", "x");
        first.awaitIdle();
        for (int i = 0; i < 3; i++) {
            EmbeddedEngine engine = next.get();
            clock.advance(HOUR);
            engine.awaitIdle();
        }
        EmbeddedEngine answering = next.get();
        answering.completeCallback(answering.callbacks("one").get(0).id(), "\"yes\"");
        answering.awaitIdle();
        EmbeddedEngine deciding = next.get();
        deciding.decide(deciding.callbacks("one").get(0).id(), new Decision.Resolved("by hand"));
        deciding.awaitIdle();
        assertThat(next.get().list(ExecutionQuery.in(ExecutionSummary.State.COMPENSATED)))
                .hasSize(1);
    }

    @Test
    void a_listener_that_throws_changes_nothing() {
        for (Throwable thrown : List.of(new IllegalStateException("no"), new AssertionError("no"))) {
            AtomicInteger heardOf = new AtomicInteger();
            EmbeddedEngine engine = inMemory(builder -> builder.listener(event -> {
                heardOf.incrementAndGet();
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            }));
            Saga<String, String> saga = saga("retrying")
                    .step(
                            A,
                            with().retry(every(HOUR, 2)),
                            s -> {
                                if (s.attempt() == 1) {
                                    throw new IllegalStateException("not yet");
                                }
                                return "did " + s.attempt();
                            },
                            none())
                    .step(B, s -> "b", none())
                    .returning(String.class, v -> v.result(A));
            engine.register(saga);
            Execution<String> execution = engine.start(saga, "one", "x");
            engine.awaitIdle();
            clock.advance(HOUR);

            assertThat(completed(execution)).isEqualTo("did 2");
            assertThat(heardOf).hasValue(5);
        }
    }

    @Test
    void a_listener_may_call_the_engine() {
        AtomicReference<EmbeddedEngine> engine = new AtomicReference<>();
        Saga<String, String> echo = echo("echo");
        Saga<String, String> asking = saga("asking")
                .parallel(
                        "both",
                        members -> members.branch(
                                        "ask",
                                        b -> b.await(
                                                StepKey.of("answer", String.class),
                                                within(HOUR),
                                                (s, id) -> {},
                                                none()))
                                .branch("nap", b -> b.sleep("sleep", HOUR)))
                .returning(String.class, v -> v.result(StepKey.of("answer", String.class)));
        engine.set(inMemory(builder -> builder.threads(2).listener(event -> {
            if (event instanceof SagaEvent.Waiting waiting) {
                engine.get().completeCallback(waiting.callbackId(), "\"told\"");
                engine.get().list(ExecutionQuery.all());
                completed(engine.get().start(echo, "echo", "x"));
            }
        })));
        engine.get().register(echo);
        engine.get().register(asking);
        Execution<String> execution = engine.get().start(asking, "one", "x");
        engine.get().awaitIdle();
        clock.advance(HOUR);

        assertThat(completed(execution)).isEqualTo("told");
    }

    @Test
    void an_execution_that_validation_refuses_is_told_of_like_any_other() {
        Saga<String, String> saga = saga("checked")
                .validate(input -> {
                    throw new IllegalArgumentException("no");
                })
                .step(A, s -> "a", none())
                .returning(String.class, v -> "done");
        EmbeddedEngine engine = open(this::heard);
        engine.register(saga);
        engine.start(saga, "one", "x");
        engine.start(saga, "one", "x");

        assertThat(events.heard()).containsExactly("Started", "Ended");
    }

    @Test
    void a_body_s_log_lines_are_labelled_and_the_labels_are_gone_afterwards() {
        Queue<Map<String, String>> inside = new ConcurrentLinkedQueue<>();
        Queue<Map<String, String>> outside = new ConcurrentLinkedQueue<>();
        EmbeddedEngine engine = inMemory(builder -> builder.threads(1).listener(event -> outside.add(labels())));
        Saga<String, String> saga = saga("labelled")
                .parallel(
                        "both",
                        members -> members.step(
                                        A,
                                        with().retry(every(HOUR, 2)),
                                        s -> {
                                            inside.add(labels());
                                            MDC.put("path", "mine");
                                            if (s.attempt() == 1) {
                                                throw new IllegalStateException("not yet");
                                            }
                                            return "a";
                                        },
                                        none())
                                .capture(B, s -> "b"))
                .returning(String.class, v -> "done");
        engine.register(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        engine.awaitIdle();
        clock.advance(HOUR);
        completed(execution);

        assertThat(inside)
                .containsExactly(
                        Map.of("saga", "labelled", "execution", "one", "path", "both/a", "attempt", "1"),
                        Map.of("saga", "labelled", "execution", "one", "path", "both/a", "attempt", "2"));
        assertThat(outside).isNotEmpty().allMatch(Map::isEmpty);
    }

    private static Map<String, String> labels() {
        Map<String, String> labels = MDC.getCopyOfContextMap();
        return labels == null ? Map.of() : Map.copyOf(labels);
    }
}
