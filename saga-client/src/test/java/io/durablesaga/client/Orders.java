package io.durablesaga.client;

import static io.durablesaga.Undo.undo;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Parking;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResults;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The saga that the tests here start and ask for; its bodies never run. */
final class Orders {
    private static final StepKey<String> CHARGE = StepKey.of("charge-card", String.class);
    private static final StepKey<String> SHIP = StepKey.of("ship-parcel", String.class);

    static final Saga<Order, Receipt> PLACE_ORDER = SagaBuilder.saga("place-order", Order.class)
            .validate(Orders::requireItem)
            .step(CHARGE, s -> "charge", undo((s, effect) -> {}))
            .returning(Receipt.class, s -> new Receipt(s.result(CHARGE)));

    /** May be parked for a week. */
    static final Saga<Order, Receipt> SHIPPED_ORDER = SagaBuilder.saga("place-order", Order.class)
            .step(CHARGE, s -> "charge", undo((s, effect) -> {}))
            .pivot(Parking.park(Duration.ofDays(7)))
            .step(SHIP, s -> "parcel")
            .returning(Receipt.class, s -> new Receipt(s.result(CHARGE)));

    record Order(String item, BigDecimal price, Map<String, String> notes) {}

    record Receipt(String charge) {}

    static Order order(String item) {
        return new Order(item, new BigDecimal("19.90"), Map.of());
    }

    static final SagaResult.Completed<Receipt> COMPLETED =
            new SagaResult.Completed<>("place-order", new Receipt("charge-1"));

    static final SagaResult.Compensated<Receipt> COMPENSATED = new SagaResult.Compensated<>(
            "place-order",
            new Cause("charge-card", Failure.rejected("CardDeclined", "no money")),
            List.of(effect(EffectReport.State.UNDONE)));

    static final SagaResult.Stuck<Receipt> STUCK = new SagaResult.Stuck<>(
            "place-order",
            new Cause("ship-parcel", Failure.unknown("Timeout", "no answer")),
            List.of(effect(EffectReport.State.NOT_UNDONE)));

    private static EffectReport effect(EffectReport.State state) {
        return new EffectReport(
                "charge-card", EffectReport.Action.COMPLETED, state, "charge-key", "undo-key", 1, 3, null, null);
    }

    static String json(SagaResult<?> result) {
        try {
            return new SagaResults(SagaJson.standard().mapper()).write(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireItem(Order order) {
        if (order.item().isBlank()) {
            throw new IllegalArgumentException("item");
        }
    }

    private Orders() {}
}
