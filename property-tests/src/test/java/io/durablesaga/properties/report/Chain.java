package io.durablesaga.properties.report;

import static io.durablesaga.Undo.undo;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.fault.Fault;
import java.util.LinkedHashSet;
import java.util.Set;

/** A chain of equal steps, each with an undo, over a provider that refuses what has been undone. */
final class Chain {
    private Chain() {}

    /** What the provider has done, by key. */
    static final class Provider {
        private final Set<String> applied = new LinkedHashSet<>();
        private final Set<String> undone = new LinkedHashSet<>();

        synchronized String apply(String key) {
            if (undone.contains(key)) {
                throw new IllegalStateException("undone already");
            }
            applied.add(key);
            return key;
        }

        synchronized void undo(String actionKey) {
            undone.add(actionKey);
        }

        synchronized Set<String> standing() {
            Set<String> standing = new LinkedHashSet<>(applied);
            standing.removeAll(undone);
            return standing;
        }

        synchronized boolean allOrNothing(int length) {
            return standing().isEmpty() || (standing().size() == length && undone.isEmpty());
        }
    }

    static StepKey<String> step(int number) {
        return StepKey.of("step-" + number, String.class);
    }

    /** Every fault, every choice of what fails. */
    static SagaCrashTest<Provider, String, String> of(int length) {
        return SagaCrashTest.of(Provider::new, provider -> saga(length, provider))
                .input("input")
                .faults(Fault.values())
                .observing(Provider::standing)
                .invariant("all or nothing", provider -> provider.allOrNothing(length));
    }

    private static Saga<String, String> saga(int length, Provider provider) {
        SagaBuilder<String> builder = SagaBuilder.saga("chain-of-" + length, String.class);
        for (int number = 1; number <= length; number++) {
            builder = builder.step(
                    step(number), s -> provider.apply(s.key()), undo((s, effect) -> provider.undo(effect.actionKey())));
        }
        return builder.returning(String.class, s -> s.result(step(length)));
    }
}
