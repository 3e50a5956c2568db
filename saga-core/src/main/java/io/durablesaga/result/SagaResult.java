package io.durablesaga.result;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended. {@link SagaResults} turns it into JSON and back.
 *
 * @param <O> what the saga yields when it completes
 */
public sealed interface SagaResult<O extends @Nullable Object> {
    /** The name of the saga. */
    String saga();

    /** Every forward step had its effect and no undo ran. */
    record Completed<O extends @Nullable Object>(String saga, O value) implements SagaResult<O> {
        /** The saga's name is required. */
        public Completed {
            Objects.requireNonNull(saga, "saga");
        }
    }

    /** Everything that completed, or may have, is undone, in reverse order; what cannot be undone is listed as such. */
    record Compensated<O extends @Nullable Object>(String saga, Cause cause, List<EffectReport> effects)
            implements SagaResult<O> {
        /** All parts are required. */
        public Compensated {
            Objects.requireNonNull(saga, "saga");
            Objects.requireNonNull(cause, "cause");
            effects = List.copyOf(effects);
            if (effects.stream().anyMatch(effect -> effect.state().open())) {
                throw new IllegalArgumentException("a compensated saga has no open effects: " + effects);
            }
        }

        /** The effects that stay because their steps said that nothing undoes them. */
        public List<EffectReport> irreversible() {
            return effects.stream()
                    .filter(effect -> effect.state() == EffectReport.State.IRREVERSIBLE)
                    .toList();
        }
    }

    /** Something is left for a person: {@link #open()} lists exactly what, with its keys. */
    record Stuck<O extends @Nullable Object>(String saga, Cause cause, List<EffectReport> effects)
            implements SagaResult<O> {
        /** All parts are required. */
        public Stuck {
            Objects.requireNonNull(saga, "saga");
            Objects.requireNonNull(cause, "cause");
            effects = List.copyOf(effects);
        }

        /** What somebody still has to look at. */
        public List<EffectReport> open() {
            return effects.stream().filter(effect -> effect.state().open()).toList();
        }

        /** What has been undone. */
        public List<EffectReport> undone() {
            return effects.stream().filter(effect -> !effect.state().open()).toList();
        }
    }
}
