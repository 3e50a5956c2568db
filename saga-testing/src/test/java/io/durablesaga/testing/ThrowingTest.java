package io.durablesaga.testing;

import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.testing.exploration.Counterexample;
import io.durablesaga.testing.world.World;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a test is made of may throw: the schedule under which it does is what somebody wants to know. */
class ThrowingTest {
    private static final Map<String, String> VIEW = Collections.unmodifiableMap(Behind.SEEN);

    private static final class Behind {
        static final Map<String, String> SEEN = new HashMap<>();
    }

    private static SagaCrashTest<World, String, String> chain() {
        return SagaCrashTest.of(world -> Chains.of(2, world)).input("books").exhaustive(1);
    }

    private static Counterexample found(SagaCrashTest<?, ?, ?> test) {
        return test.explore().counterexample().orElseThrow();
    }

    @Test
    void an_invariant_that_throws_does_not_hold() {
        Counterexample found = found(chain().invariant("both or none", world -> {
            assertThat(world.applied().size()).isNotEqualTo(3);
            return true;
        }));

        assertThat(found.toString()).contains("both or none: throws java.lang.AssertionError", "@step-2");
    }

    @Test
    void a_view_that_throws_is_told_with_the_schedule() {
        Counterexample found = found(chain().observing(world -> {
            throw new IllegalStateException("no such view");
        }));

        assertThat(found.toString()).contains("no such view", "with nothing going wrong");
    }

    @Test
    void a_saga_that_only_the_first_process_can_build_is_not_taken_for_a_step_that_fails() {
        Counterexample found = found(SagaCrashTest.of(AtomicInteger::new, (AtomicInteger builds) -> {
                    if (builds.incrementAndGet() > 1) {
                        throw new IllegalStateException("the port is taken");
                    }
                    return pausing(() -> true);
                })
                .input("books")
                .exhaustive(0));

        assertThat(found.toString()).contains("the next process cannot build the saga", "the port is taken");
    }

    @Test
    void what_builds_a_saga_may_call_services() {
        SagaCrashTest.of(world -> {
                    world.apply("a build");
                    return pausing(() -> true);
                })
                .input("books")
                .exhaustive(1)
                .check();
    }

    /** In Turkish, the capital of i is another one. */
    @Test
    void a_condition_that_throws_only_elsewhere_is_not_the_same_there() {
        Map<String, Boolean> known = Map.of("TITLE", true);
        Counterexample found =
                found(SagaCrashTest.of(world -> pausing(() -> known.get("title".toUpperCase(Locale.getDefault()))))
                        .input("books")
                        .exhaustive(0));

        assertThat(found.violations()).extracting("invariant").contains("determinism");
        assertThat(found.toString()).contains("NullPointerException");
    }

    @Test
    void a_static_view_of_a_static_map_is_set_back_with_the_map() {
        SagaCrashTest.of(world -> pausing(() -> {
                    Behind.SEEN.put("a process", "has run");
                    return !VIEW.isEmpty();
                }))
                .input("books")
                .exhaustive(1)
                .check();

        assertThat(VIEW).isEmpty();
    }

    private static Saga<String, String> pausing(Supplier<Boolean> condition) {
        return SagaBuilder.saga("pausing", String.class)
                .sleep("pause", Duration.ofMinutes(1))
                .when(
                        "wanted",
                        s -> condition.get(),
                        then -> then.step(Chains.step(1), s -> "did it", undo((s, effect) -> {})))
                .step(Chains.step(2), s -> "did more", undo((s, effect) -> {}))
                .returning(String.class, s -> s.result(Chains.step(2)));
    }
}
