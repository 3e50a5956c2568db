package io.durablesaga.examples.payment;

import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Ledger.Entry;
import io.durablesaga.examples.provider.Ledger.Posting;
import io.durablesaga.examples.provider.Wire;

/** Keeps accounts. The balances of its ledger are what the accounts hold. Thread-safe. */
public final class Bank {
    private static final String HOLD = "hold";
    private static final String REFUSE = "refuse";
    private static final String CANCEL = "cancel";
    private static final String RELEASE = "release";
    private static final String CREDIT = "credit";

    private final Ledger ledger;
    private final Wire wire;

    /** Reached by this wire. */
    public Bank(Ledger ledger, Wire wire) {
        this.ledger = ledger;
        this.wire = wire;
    }

    /** Puts money into an account. */
    public void deposit(String account, long cents, String key) {
        ledger.once(key, () -> new Posting("deposit", account, cents));
    }

    /**
     * Sets money aside, out of the account's reach.
     *
     * @throws NoFunds if it does not hold that much
     */
    public String hold(String account, long cents, String key) {
        return wire.call(HOLD, () -> {
            Entry first = ledger.once(
                    key,
                    () -> balance(account) < cents
                            ? new Posting(REFUSE, account, 0)
                            : new Posting(HOLD, account, -cents));
            if (!first.is(HOLD)) {
                throw new NoFunds(account + " does not hold " + cents + " cents");
            }
            return "hold-" + first.number();
        });
    }

    /** Gives back what was set aside under a key, and sets nothing aside if that request should still arrive. */
    public void release(String holdKey, String key) {
        wire.call(RELEASE, () -> {
            Posting first =
                    ledger.once(holdKey, () -> new Posting(CANCEL, "", 0)).posting();
            return ledger.once(key, () -> new Posting(RELEASE, first.subject(), -first.amount()));
        });
    }

    /** Pays what was set aside into an account. */
    public String credit(String account, long cents, String key) {
        return wire.call(
                CREDIT,
                () -> "credit-"
                        + ledger.once(key, () -> new Posting(CREDIT, account, cents))
                                .number());
    }

    /** What an account holds. */
    public long balance(String account) {
        return ledger.balance(account);
    }
}
