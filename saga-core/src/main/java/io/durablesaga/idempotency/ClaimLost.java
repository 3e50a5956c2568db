package io.durablesaga.idempotency;

/** The effect has been had, but its claim was lost meanwhile: somebody else took it over or undid it. */
public final class ClaimLost extends ClaimException {
    private static final long serialVersionUID = 1L;

    ClaimLost(Claim.Granted claim) {
        super(
                claim.key(),
                "the claim of " + claim.owner() + " (fence " + claim.fence()
                        + ") was lost while it had its effect, which has happened and is not recorded; whoever holds the"
                        + " key now was told that it may have. A longer lease would have kept it");
    }
}
