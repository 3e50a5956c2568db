package io.durablesaga;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long is waited between attempts, and the most that all waiting takes. */
class RetriesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void one_attempt_waits_for_nothing() {
        assertThat(Retries.none().attempts()).isEqualTo(1);
        assertThat(Retries.none().longest()).isEqualTo(Duration.ZERO);
    }

    @Test
    void delays_are_the_same_each_time() {
        Retries retries = Retries.every(Duration.ofSeconds(3), 5);

        assertThat(seconds(retries, 5)).containsExactly(3L, 3L, 3L, 3L, 3L);
        assertThat(retries.longest()).isEqualTo(Duration.ofSeconds(4 * 3));
    }

    @Test
    void delays_double_up_to_a_minute() {
        Retries retries = Retries.exponential(SECOND, 9);

        assertThat(seconds(retries, 9)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(retries.longest()).isEqualTo(Duration.ofSeconds(63 + 2 * 60));
    }

    @Test
    void delays_double_up_to_the_longest() {
        Retries retries = Retries.exponential(SECOND, Duration.ofSeconds(5), 6);

        assertThat(seconds(retries, 6)).containsExactly(1L, 2L, 4L, 5L, 5L, 5L);
        assertThat(retries.longest()).isEqualTo(Duration.ofSeconds(1 + 2 + 4 + 5 + 5));
    }

    @Test
    void a_first_delay_beyond_the_longest_is_cut_to_it() {
        Retries retries = Retries.exponential(Duration.ofMinutes(5), 3);

        assertThat(seconds(retries, 2)).containsExactly(60L, 60L);
        assertThat(retries.longest()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void a_delay_is_at_least_a_millisecond() {
        Retries retries = new Retries(3, failures -> 0L, Duration.ZERO);

        assertThat(retries.delayAfter(1)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void jittered_delays_stay_within_half_of_the_plain_one() {
        Retries plain = Retries.exponential(SECOND, MINUTE, 12);
        Retries jittered = Retries.jittered(SECOND, MINUTE, 12);

        for (int failures = 1; failures < 12; failures++) {
            long mean = plain.delayAfter(failures).toMillis();
            for (int i = 0; i < 200; i++) {
                assertThat(jittered.delayAfter(failures).toMillis()).isBetween(mean / 2 - 1, mean * 3 / 2 + 1);
            }
        }
        assertThat(jittered.longest()).isEqualTo(plain.longest().multipliedBy(3).dividedBy(2));
    }

    @Test
    void even_the_longest_delays_are_spread() {
        Retries retries = Retries.jittered(SECOND, MINUTE, 100);

        assertThat(IntStream.range(0, 200).mapToObj(i -> retries.delayAfter(90)).distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void a_million_attempts_are_added_up_at_once() {
        assertThat(Retries.exponential(SECOND, 1_000_000).longest())
                .isEqualTo(Duration.ofSeconds(63 + (999_999L - 6) * 60));
        assertThat(Retries.every(SECOND, Integer.MAX_VALUE).longest())
                .isEqualTo(Duration.ofSeconds(Integer.MAX_VALUE - 1));
        assertThat(Retries.jittered(SECOND, MINUTE, 1_000_000).longest())
                .isEqualTo(Duration.ofMillis((63 + (999_999L - 6) * 60) * 1500));
    }

    private static List<Long> seconds(Retries retries, int failures) {
        return IntStream.rangeClosed(1, failures)
                .mapToObj(failure -> retries.delayAfter(failure).toSeconds())
                .toList();
    }
}
