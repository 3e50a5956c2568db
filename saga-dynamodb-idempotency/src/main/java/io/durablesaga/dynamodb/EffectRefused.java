package io.durablesaga.dynamodb;

import io.durablesaga.StepRejected;

/**
 * An effect was not had, and nothing was written: thrown, and not returned, since whoever overlooks it takes for done what is not. In a
 * saga it rejects the step, as it is or when it is caught and another rejection thrown in its place.
 */
public final class EffectRefused extends StepRejected {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    EffectRefused(String key, Refusal refusal) {
        super("key " + key + ": " + said(refusal) + ". Nothing was written");
        this.refusal = refusal;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }

    private static String said(Refusal refusal) {
        if (refusal instanceof Refusal.ForGood failed) {
            return "it has failed for good: " + failed.failure();
        }
        if (refusal instanceof Refusal.OfWrites refused) {
            return "own conditions of writes "
                    + refused.writes().stream().map(RefusedWrite::index).toList() + " do not hold";
        }
        return refusal instanceof Refusal.OfItem
                ? "the update's own condition does not hold"
                : "it is being undone or has been, so its effect must not happen any more";
    }
}
