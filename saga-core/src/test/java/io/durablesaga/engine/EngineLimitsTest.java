package io.durablesaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Polling;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.SagaDefinitionException;
import io.durablesaga.StepKey;
import io.durablesaga.WorstCase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A saga that an engine cannot hold is refused before it starts. */
class EngineLimitsTest {
    private static final Saga<String, Void> SAGA = SagaBuilder.saga("long-look", String.class)
            .poll(StepKey.of("look", String.class), Polling.every(Duration.ofMinutes(1), 61), s -> Optional.of(""))
            .returningNothing();
    private static final WorstCase WORST = SAGA.worstCase();

    @Test
    void a_saga_that_just_fits_is_taken() {
        assertThat(WORST)
                .isEqualTo(new WorstCase(
                        2, 62, 16 * 1024 + 2 * 512, Duration.ofHours(1), Duration.ZERO, "decide:look".length(), false));
        assertThatCode(() -> new EngineLimits(62, WORST.bytes(), Duration.ofHours(1), 11).check(SAGA))
                .doesNotThrowAnyException();
    }

    @Test
    void too_many_operations_are_refused_with_every_look_counted() {
        assertThatThrownBy(() -> new EngineLimits(61, WORST.bytes(), Duration.ofHours(1), 11).check(SAGA))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessage("saga 'long-look': up to 62 operations, and this engine holds 61; "
                        + "lower the bounds of its forEach nodes, its retries or its polls, "
                        + "or invoke a part as its own saga");
    }

    @Test
    void too_many_bytes_are_refused() {
        assertThatThrownBy(() -> new EngineLimits(62, 17_407, Duration.ofHours(1), 11).check(SAGA))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessage("saga 'long-look': up to 17408 bytes of records, and this engine holds 17407; "
                        + "bound results with resultAtMost(bytes), or record a reference instead of the thing");
    }

    @Test
    void too_long_a_time_is_refused() {
        assertThatThrownBy(() -> new EngineLimits(62, 17_408, Duration.ofMinutes(59), 11).check(SAGA))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessage(
                        "saga 'long-look': up to PT1H, and this engine allows PT59M; "
                                + "shorten its sleeps, timeouts, retries or parking, or raise the limit where the engine lets you");
    }

    @Test
    void names_that_are_too_long_are_refused() {
        assertThatThrownBy(() -> new EngineLimits(62, 17_408, Duration.ofHours(1), 10).check(SAGA))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessage("saga 'long-look': operation names of up to 11 characters, and this engine holds 10; "
                        + "shorten the names on its longest path, or nest less deeply");
    }
}
