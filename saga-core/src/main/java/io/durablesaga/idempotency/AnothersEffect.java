package io.durablesaga.idempotency;

/** The effect under this key is another owner's, so it is not undone. Nothing has been done: undo an effect by the owner it was had by. */
public final class AnothersEffect extends ClaimException {
    private static final long serialVersionUID = 1L;

    private final String owner;

    AnothersEffect(EffectKey<?> action, String owner) {
        super(
                action.text(),
                "it is claimed by " + owner + ", not by " + action.owner()
                        + "; undo an effect by the owner it was had by. Nothing has been undone");
        this.owner = owner;
    }

    /** Whose it is. */
    public String owner() {
        return owner;
    }
}
