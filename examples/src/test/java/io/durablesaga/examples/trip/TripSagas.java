package io.durablesaga.examples.trip;

import static io.durablesaga.Undo.undo;
import static io.durablesaga.Within.within;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import java.time.Duration;

/** The saga of docs/testing.md. */
final class TripSagas {
    // testing.md: saga
    static final StepKey<String> FLIGHT = StepKey.of("book-flight", String.class);
    static final StepKey<String> HOTEL = StepKey.of("book-hotel", String.class);

    static Saga<String, String> trip(Bookings flights, Bookings hotels) {
        return SagaBuilder.saga("trip", String.class)
                .step(
                        FLIGHT,
                        s -> flights.book(s.input(), s.key()),
                        undo((s, effect) -> flights.cancel(effect.actionKey())))
                .step(
                        HOTEL,
                        s -> hotels.book(s.input(), s.key()),
                        undo((s, effect) -> hotels.cancel(effect.actionKey())))
                .returning(String.class, s -> s.result(FLIGHT) + " and " + s.result(HOTEL));
    }
    // testing.md: end

    // testing.md: waiting saga
    static final StepKey<Boolean> AGREED = StepKey.of("ask-partner", Boolean.class);

    static Saga<String, String> agreedTrip(Bookings flights, Partner partner) {
        return SagaBuilder.saga("agreed-trip", String.class)
                .step(
                        FLIGHT,
                        s -> flights.book(s.input(), s.key()),
                        undo((s, effect) -> flights.cancel(effect.actionKey())))
                .await(
                        AGREED,
                        within(Duration.ofDays(1)),
                        (s, callbackId) -> partner.ask(callbackId, s.key()),
                        undo((s, effect) -> partner.neverMind(effect.actionKey())))
                .returning(String.class, s -> s.result(FLIGHT));
    }
    // testing.md: end

    private TripSagas() {}
}
