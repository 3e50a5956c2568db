package io.durablesaga.embedded;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.nothingToUndo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.embedded.ExecutionEvent.What;
import io.durablesaga.result.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    private Execution<@Nullable Void> failTwice() {
        engine.register(FAILS_TWICE);
        Execution<@Nullable Void> execution = engine.start(FAILS_TWICE, "order-1", "input");
        engine.awaitIdle();
        clock.advance(DELAY);
        engine.awaitIdle();
        return execution;
    }
}
