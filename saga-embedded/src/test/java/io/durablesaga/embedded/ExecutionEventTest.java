package io.durablesaga.embedded;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.nothingToUndo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.embedded.ExecutionEvent.What;
import io.durablesaga.embedded.journal.MemoryStore;
import io.durablesaga.result.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a timeline can be drawn from. */
class ExecutionEventTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final Saga<String, @Nullable Void> FAILS_TWICE = SagaBuilder.saga("fails-twice", String.class)
            .step(
                    StepKey.of("charge-card"),
                    with().retry(Retries.every(DELAY, 2)),
                    s -> {
                        throw new IllegalStateException("no answer to attempt " + s.attempt());
                    },
                    nothingToUndo("nothing happened"))
            .returningNothing();

    private final ManualClock clock = new ManualClock(START);
    private final EmbeddedEngine engine = EmbeddedEngine.builder().clock(clock).inMemory();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void a_failed_attempt_says_why_and_when_the_next_one_begins() {
        Execution<@Nullable Void> execution = failTwice();

        List<ExecutionEvent> events = execution.events();

        assertThat(events).extracting(ExecutionEvent::what).containsExactly(What.RETRY, What.FAILED);
        assertThat(events).extracting(ExecutionEvent::wakesAt).containsExactly(START.plus(DELAY), null);
        assertThat(events)
                .extracting(event -> event.failure().orElseThrow())
                .containsExactly(
                        Failure.unknown("java.lang.IllegalStateException", "no answer to attempt 1"),
                        Failure.unknown("java.lang.IllegalStateException", "no answer to attempt 2"));
    }

    @Test
    void a_summary_says_when_an_execution_began_and_when_it_ended() {
        ExecutionSummary summary = failTwice().summary();

        assertThat(summary.state()).isEqualTo(ExecutionSummary.State.COMPENSATED);
        assertThat(summary.startedAt()).isEqualTo(START);
        assertThat(summary.changedAt()).isEqualTo(START.plus(DELAY));
    }

    @Test
    void times_of_events_never_run_backwards_across_a_crash() {
        MemoryStore store = new MemoryStore();
        AtomicLong ticks = new AtomicLong();
        InstantSource ticking = () -> START.plusMillis(ticks.incrementAndGet());
        EmbeddedEngine dying = EmbeddedEngine.builder().clock(ticking).over(store);
        Saga<String, @Nullable Void> dies = twoSteps(dying::kill);
        dying.register(dies);
        dying.start(dies, "order-1", "input");
        dying.awaitIdle();
        dying.close();

        try (EmbeddedEngine next = EmbeddedEngine.builder().clock(ticking).over(store)) {
            next.register(twoSteps(() -> {}));
            next.awaitIdle();

            List<ExecutionEvent> events = next.events("order-1");
            assertThat(events)
                    .extracting(ExecutionEvent::what)
                    .containsSequence(What.RESUMED, What.ATTEMPT, What.COMPLETED);
            assertThat(events).extracting(ExecutionEvent::at).isSorted();
        }
    }

    private static Saga<String, @Nullable Void> twoSteps(Runnable first) {
        return SagaBuilder.saga("two-steps", String.class)
                .step(StepKey.of("first"), s -> runs(first), nothingToUndo("nothing happened"))
                .step(StepKey.of("second"), s -> null, nothingToUndo("nothing happened"))
                .returningNothing();
    }

    private static @Nullable Void runs(Runnable body) {
        body.run();
        return null;
    }

    private Execution<@Nullable Void> failTwice() {
        engine.register(FAILS_TWICE);
        Execution<@Nullable Void> execution = engine.start(FAILS_TWICE, "order-1", "input");
        engine.awaitIdle();
        clock.advance(DELAY);
        engine.awaitIdle();
        return execution;
    }
}
