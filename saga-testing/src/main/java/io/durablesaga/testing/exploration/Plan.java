package io.durablesaga.testing.exploration;

import io.durablesaga.testing.fault.Failing;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Schedule;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is explored.
 *
 * @param faults which faults
 * @param failing which steps fail in which ways; empty for every step in every way
 * @param exhaustive how many faults per schedule are explored in full
 * @param sampling what is sampled beyond; null for nothing
 * @param budget how long it may take
 * @param completes whether the saga completes where nothing goes wrong
 * @param threads how many runs go on at the same time
 */
public record Plan(
        Set<Fault> faults,
        Map<String, Set<Failing>> failing,
        int exhaustive,
        @Nullable Sampling sampling,
        Duration budget,
        boolean completes,
        int threads) {
    /** One fault and two, all but those that need a barrier, and every choice of what fails. */
    public static final Plan PAIRS = new Plan(
            EnumSet.complementOf(EnumSet.of(Fault.ZOMBIE)),
            Map.of(),
            2,
            null,
            Duration.ofSeconds(30),
            true,
            Runtime.getRuntime().availableProcessors());

    /** Copies, and refuses what would explore nothing. */
    public Plan {
        faults = Set.copyOf(faults);
        failing = Map.copyOf(failing);
        if (exhaustive < 0) {
            throw new IllegalArgumentException("exhaustive: " + exhaustive + "; 0 or more faults per schedule");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + "; at least 1");
        }
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("budget: " + budget + "; give it some time");
        }
    }

    /** The same with other faults. */
    public Plan withFaults(Set<Fault> other) {
        return new Plan(other, failing, exhaustive, sampling, budget, completes, threads);
    }

    /** The same with other failing. */
    public Plan withFailing(Map<String, Set<Failing>> other) {
        return new Plan(faults, other, exhaustive, sampling, budget, completes, threads);
    }

    /** The same with other exhaustive. */
    public Plan withExhaustive(int other) {
        return new Plan(faults, failing, other, sampling, budget, completes, threads);
    }

    /** The same with other sampling. */
    public Plan withSampling(@Nullable Sampling other) {
        return new Plan(faults, failing, exhaustive, other, budget, completes, threads);
    }

    /** The same with other budget. */
    public Plan withBudget(Duration other) {
        return new Plan(faults, failing, exhaustive, sampling, other, completes, threads);
    }

    /** The same with other threads. */
    public Plan withThreads(int other) {
        return new Plan(faults, failing, exhaustive, sampling, budget, completes, other);
    }

    /** The same for a saga that completes, or does not, where nothing goes wrong. */
    public Plan withCompletes(boolean other) {
        return new Plan(faults, failing, exhaustive, sampling, budget, other, threads);
    }

    /** Whether the step may be chosen to fail like this. */
    boolean fails(String step, Failing way) {
        if (failing.isEmpty()) {
            return true;
        }
        return failing.entrySet().stream()
                .anyMatch(entry -> new Schedule.Failure(way, entry.getKey()).concerns(step)
                        && entry.getValue().contains(way));
    }
}
