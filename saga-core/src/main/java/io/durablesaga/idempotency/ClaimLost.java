package io.durablesaga.idempotency;

/** The effect has been had, but its claim was lost meanwhile: somebody else took it over, came with the same owner, or undid it. */
public final class ClaimLost extends ClaimException {
    private static final long serialVersionUID = 1L;

    ClaimLost(Claim.Granted claim) {
        super(
                claim.key(),
                "the claim of " + claim.owner() + " (fence " + claim.fence()
                        + ") was lost while it had its effect, which has happened and is not recorded; whoever holds the"
                        + " key now was told that it may have. Its lease ended, which calls for a longer one; or the undo"
                        + " came; or somebody came with the same owner, and what may run at the same time takes two");
    }
}
