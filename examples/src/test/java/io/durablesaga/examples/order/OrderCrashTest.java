package io.durablesaga.examples.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Wire;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.fault.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order saga under every fault. */
public class OrderCrashTest {
    private static final Order TWO_CUPS = new Order(Shop.CUP, 2, new Money(58_00), "card-A", "1 Harbour Road");

    /** The ledgers of the providers, which no crash of ours touches. */
    public static final class Ledgers {
        private final Ledger stock = Ledger.inMemory();
        private final Ledger money = Ledger.inMemory();
        private final Ledger parcels = Ledger.inMemory();

        Ledgers() {
            new LedgerWarehouse(stock, Wire.reliable()).deliver(Shop.CUP, Shop.CUPS, "first-delivery");
        }

        long cupsTaken() {
            return Shop.CUPS - stock.balance(Shop.CUP);
        }

        List<Object> all() {
            return List.of(stock.entries(), money.entries(), parcels.entries());
        }
    }

    /** The order saga over providers that no crash touches, and what must hold of them. */
    public static SagaCrashTest<Ledgers, Order, Receipt> placeOrder() {
        return SagaCrashTest.of(Ledgers::new, (ledgers, world) -> {
                    Wire wire = world.fenced(Wire.class, Wire.reliable());
                    return OrderSagas.placeOrder(
                            new LedgerWarehouse(ledgers.stock, wire),
                            new CardProvider(ledgers.money, wire, Shop.CARD_LIMIT),
                            new LedgerParcelService(ledgers.parcels, wire));
                })
                .input(TWO_CUPS)
                .faults(Fault.values())
                .observing(Ledgers::all)
                .invariant("a parcel is paid for", l -> l.parcels.balance() * 58_00 <= l.money.balance())
                .invariant("a parcel has its cups", l -> l.parcels.balance() * 2 <= l.cupsTaken())
                .invariant("cups and money go together", l -> l.money.balance() == l.cupsTaken() * 29_00);
    }

    @Test
    void an_order_is_placed_or_undone_whatever_crashes() {
        Report report = placeOrder().exhaustive(1).check();

        assertThat(report.percent()).isEqualTo(100);
    }
}
