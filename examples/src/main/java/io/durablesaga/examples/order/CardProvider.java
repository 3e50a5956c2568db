package io.durablesaga.examples.order;

import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Ledger.Entry;
import io.durablesaga.examples.provider.Ledger.Posting;
import io.durablesaga.examples.provider.Wire;
import java.util.Optional;

/** Takes money from cards, up to a limit per card. The balance of its ledger is what has been taken. Thread-safe. */
public final class CardProvider {
    private static final String CHARGE = "charge";
    private static final String DECLINE = "decline";
    private static final String CANCEL = "cancel";
    private static final String REFUND = "refund";

    private final Ledger ledger;
    private final Wire wire;
    private final Money limit;

    /** Reached by this wire. */
    public CardProvider(Ledger ledger, Wire wire, Money limit) {
        this.ledger = ledger;
        this.wire = wire;
        this.limit = limit;
    }

    /**
     * Takes money.
     *
     * @throws CardDeclined if the card does not give it
     */
    public Payment charge(String card, Money amount, String key) {
        return wire.call(CHARGE, () -> {
            Entry first = ledger.once(
                    key,
                    () -> ledger.balance(card) + amount.cents() > limit.cents()
                            ? new Posting(DECLINE, card, 0)
                            : new Posting(CHARGE, card, amount.cents()));
            if (!first.is(CHARGE)) {
                throw new CardDeclined(amount + " is over its limit");
            }
            return payment(first);
        });
    }

    /** The payment that was taken under a key. */
    public Optional<Payment> find(String chargeKey) {
        return wire.call(
                "find",
                () -> ledger.find(chargeKey).filter(entry -> entry.is(CHARGE)).map(CardProvider::payment));
    }

    /** Gives a payment back. */
    public void refund(Payment payment, String key) {
        wire.call(
                REFUND,
                () -> ledger.once(
                        key,
                        () -> new Posting(
                                REFUND, payment.card(), -payment.amount().cents())));
    }

    /**
     * Takes no money if the charge under this key should still arrive.
     *
     * @throws IllegalStateException if it has arrived
     */
    public void cancel(String chargeKey) {
        Entry first = wire.call(CANCEL, () -> ledger.once(chargeKey, () -> new Posting(CANCEL, "", 0)));
        if (first.is(CHARGE)) {
            throw new IllegalStateException("the money is taken; find the payment and refund it");
        }
    }

    private static Payment payment(Entry charge) {
        Posting posting = charge.posting();
        return new Payment("pay-" + charge.number(), new Money(posting.amount()), posting.subject());
    }
}
