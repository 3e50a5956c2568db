package io.durablesaga.idempotency;

/**
 * Whether there was an effect is unknown: an earlier claim was neither completed nor released, and the effect says to stop then; or
 * it was had again or looked up and that was refused, which says nothing of the first time.
 */
public final class EffectUnknown extends ClaimException {
    private static final long serialVersionUID = 1L;

    EffectUnknown(Claim.Granted claim) {
        super(
                claim.key(),
                "its effect may have happened: an earlier claim was neither completed nor released. Look whether it has,"
                        + " and undo it, or complete or release its claim; OnUnknown.again() would have it again");
    }

    EffectUnknown(Claim.Granted claim, Exception refusal) {
        super(
                claim.key(),
                "its effect may have happened: an earlier claim was neither completed nor released, and what was tried"
                        + " since was refused. Look whether it has, and undo it");
        initCause(refusal);
    }
}
