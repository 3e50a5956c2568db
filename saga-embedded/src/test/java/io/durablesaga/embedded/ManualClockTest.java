package io.durablesaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The clock that tests move. */
class ManualClockTest {
    private static final int TIMES = 20_000;

    @Test
    void time_that_several_threads_let_pass_adds_up() throws InterruptedException {
        ManualClock clock = new ManualClock(Instant.EPOCH);
        List<Thread> threads = Stream.generate(() ->
                        new Thread(() -> IntStream.range(0, TIMES).forEach(i -> clock.advance(Duration.ofMillis(1)))))
                .limit(4)
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(clock.millis()).isEqualTo(4L * TIMES);
    }
}
