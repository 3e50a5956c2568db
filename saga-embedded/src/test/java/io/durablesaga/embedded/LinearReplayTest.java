package io.durablesaga.embedded;

import static io.durablesaga.Undo.nothingToUndo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearReplayTest {
    private static final int ROUNDS = 60;

    /** The least of many interleaved rounds, less what a replay of nothing takes: noise only ever adds. */
    @Test
    void a_saga_of_a_thousand_steps_replays_in_linear_time() {
        double nothing = Double.MAX_VALUE;
        double hundred = Double.MAX_VALUE;
        double thousand = Double.MAX_VALUE;
        try (Sleeper none = new Sleeper(1);
                Sleeper shorter = new Sleeper(100);
                Sleeper longer = new Sleeper(1_000)) {
            for (int round = 0; round < ROUNDS; round++) {
                nothing = Math.min(nothing, none.nanosPerReplay());
                hundred = Math.min(hundred, shorter.nanosPerReplay());
                thousand = Math.min(thousand, longer.nanosPerReplay());
            }
        }
        double atHundred = (hundred - nothing) / 99;
        double atThousand = (thousand - nothing) / 999;
        System.out.printf(
                "replay: %.0f ns per operation at 100 steps, %.0f at 1,000, ratio %.2f (at most 1.5)%n",
                atHundred, atThousand, atThousand / atHundred);
        assertThat(atThousand).isLessThan(1.5 * atHundred);
    }

    /** A saga of many steps and then many naps: every waking replays all steps. */
    private static final class Sleeper implements AutoCloseable {
        private static final int REPLAYS = 3;

        private final EmbeddedEngineUnderTest engine = EmbeddedEngineUnderTest.overMemory();

        Sleeper(int steps) {
            SagaBuilder<String> builder = SagaBuilder.saga("long", String.class);
            IntStream.range(0, steps)
                    .forEach(i -> builder.step(
                            StepKey.of("step-" + i, String.class), s -> "result " + i, nothingToUndo("a test")));
            IntStream.range(0, ROUNDS * REPLAYS + 1).forEach(i -> builder.sleep("nap-" + i, Duration.ofSeconds(1)));
            Saga<String, ?> saga = builder.returningNothing();
            engine.register(saga);
            engine.start(saga, "one", "input");
            engine.settle();
        }

        double nanosPerReplay() {
            long start = System.nanoTime();
            for (int i = 0; i < REPLAYS; i++) {
                engine.advance(Duration.ofSeconds(1));
            }
            return (System.nanoTime() - start) / (double) REPLAYS;
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
