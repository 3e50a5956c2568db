package io.durablesaga.examples.order;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.Undo.undoFinding;

import io.durablesaga.Effect;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import java.time.Duration;

/** The sagas of a shop. They know services and steps, and no engine. */
public final class OrderSagas {
    private OrderSagas() {}

    // README: begin
    static final StepKey<Reservation> RESERVE = StepKey.of("reserve-stock", Reservation.class);
    static final StepKey<Payment> CHARGE = StepKey.of("charge-card", Payment.class);
    static final StepKey<Parcel> SHIP = StepKey.of("ship-parcel", Parcel.class);
    static final StepOptions REMOTE = with().retry(Retries.exponential(Duration.ofMillis(200), 3));

    /** Sets the goods aside, takes the money, sends the parcel; or leaves the customer as if nothing had been ordered. */
    public static Saga<Order, Receipt> placeOrder(Warehouse stock, CardProvider cards, ParcelService parcels) {
        return SagaBuilder.saga("place-order", Order.class)
                .validate(Order::check)
                .step(
                        RESERVE,
                        REMOTE.rejectedBy(OutOfStock.class),
                        s -> stock.reserve(s.input().item(), s.input().quantity(), s.key()),
                        undo((s, effect) ->
                                stock.release(s.input().item(), s.input().quantity(), effect, s.key())))
                .step(
                        CHARGE,
                        REMOTE.providerReplays().rejectedBy(CardDeclined.class),
                        s -> cards.charge(s.input().card(), s.input().total(), s.key()),
                        undoFinding(
                                (s, chargeKey) -> cards.find(chargeKey), (s, effect) -> refund(cards, effect, s.key())))
                .pivot() // the point of no return: a step after it takes no undo
                .step(SHIP, REMOTE, s -> parcels.book(s.input().address(), s.result(RESERVE), s.key()))
                .returning(
                        Receipt.class,
                        s -> new Receipt(s.result(CHARGE).id(), s.result(SHIP).tracking()));
    }
    // README: end

    /** Where nothing is found, the charge may still be on its way: that key must not be charged any more. */
    private static void refund(CardProvider cards, Effect<Payment> effect, String key) {
        effect.result().ifPresentOrElse(payment -> cards.refund(payment, key), () -> cards.cancel(effect.actionKey()));
    }
}
