package io.durablesaga.examples.trip;

import static io.durablesaga.examples.trip.TripSagas.AGREED;
import static io.durablesaga.examples.trip.TripSagas.FLIGHT;
import static io.durablesaga.examples.trip.TripSagas.HOTEL;
import static io.durablesaga.testing.exploration.Sampling.sampled;
import static io.durablesaga.testing.fault.Failing.AFTER_EFFECT;
import static io.durablesaga.testing.fault.Failing.BEFORE_EFFECT;
import static io.durablesaga.testing.fault.Failing.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.Undo;
import io.durablesaga.testing.CrashTestFailed;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.SagaTrace;
import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.junit.CrashTests;
import io.durablesaga.testing.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What docs/testing.md shows. */
class TripCrashTest {
    @TempDir
    private Path folder;

    // testing.md: one line
    @Test
    void a_trip_survives_every_crash() {
        SagaCrashTest.of(world -> trip(world)).input("Ada").survivesEveryCrash();
    }

    private static Saga<String, String> trip(World world) {
        Bookings flights = world.service(Bookings.class, FakeBookings::new);
        return TripSagas.trip(flights, flights);
    }
    // testing.md: end

    // testing.md: own world
    /** What is outside: made anew for each run, and no crash touches it. */
    static final class Agencies {
        final FakeBookings flights = new FakeBookings();
        final FakeBookings hotels = new FakeBookings();
    }

    static SagaCrashTest<Agencies, String, String> trip() {
        return SagaCrashTest.of(
                        Agencies::new,
                        (agencies, world) -> TripSagas.trip(
                                world.fenced(Bookings.class, agencies.flights),
                                world.fenced(Bookings.class, agencies.hotels)))
                .input("Ada");
    }

    @Test
    void nobody_travels_without_a_bed() {
        trip().failing(HOTEL, BEFORE_EFFECT, AFTER_EFFECT, REJECTED)
                .faults(Fault.values())
                .exhaustive(2)
                .then(sampled(3, 200))
                .invariant("a bed for every seat", a -> a.flights.count() == a.hotels.count())
                .budget(Duration.ofMinutes(1))
                .check();
    }
    // testing.md: end

    // testing.md: run twice
    @Test
    void keys_make_a_second_time_harmless() {
        trip().observing(a -> a.flights.count() + " and " + a.hotels.count())
                .exhaustive(0)
                .check();
    }
    // testing.md: end

    // testing.md: waiting
    @Test
    void a_trip_that_both_agree_on_survives() {
        SagaCrashTest.of(world -> TripSagas.agreedTrip(
                        world.service(Bookings.class, FakeBookings::new),
                        world.service(Partner.class, FakePartner::new)))
                .input("Ada")
                .answering(AGREED, true)
                .exhaustive(1)
                .check();
    }
    // testing.md: end

    /** Hears of everything once. */
    private static final class FakePartner implements Partner {
        @Override
        public void ask(String callbackId, String key) {}

        @Override
        public void neverMind(String key) {}
    }

    // testing.md: trace
    @Test
    void a_trip_records_what_it_always_has() {
        SagaTrace.of(trip()).isExactly("ACTION book-flight COMPLETED", "ACTION book-hotel COMPLETED", "completed");
        SagaTrace.of(trip(), HOTEL, REJECTED)
                .isExactly(
                        "ACTION book-flight COMPLETED",
                        "ACTION book-hotel FAILED",
                        "UNDO undo:book-flight COMPLETED",
                        "compensated");
    }
    // testing.md: end

    // testing.md: golden
    @Test
    void a_trip_of_the_last_version_goes_on_under_this_one() {
        SagaTrace.of(trip()).matches(Path.of("src/test/traces/trip.txt"));
    }
    // testing.md: end

    // testing.md: dynamic
    @TestFactory
    Stream<DynamicTest> a_trip_survives_whatever_fails() {
        return CrashTests.dynamicTests(trip().exhaustive(1));
    }
    // testing.md: end

    @Test
    void an_exploration_can_be_read() throws IOException {
        // testing.md: report
        Report report = trip().exhaustive(1).explore();
        System.out.println(report.text());
        Files.writeString(folder.resolve("trip.html"), report.html());
        // testing.md: end
        assertThat(folder.resolve("trip.html")).content().contains("book-flight", "effect", "nothing violated");
        assertThat(report.text()).contains("zombie: not asked for", "undo:book-flight");
    }

    @Test
    void a_saga_that_keeps_its_booking_in_a_field_is_caught() {
        // testing.md: broken
        class Forgetful {
            String seat = "";

            Saga<String, String> trip(Bookings flights) {
                return SagaBuilder.saga("trip", String.class)
                        .step(
                                FLIGHT,
                                s -> {
                                    seat = s.key();
                                    return flights.book(s.input(), s.key());
                                },
                                Undo.undo((s, effect) -> flights.cancel(seat)))
                        .step(
                                HOTEL,
                                s -> flights.book(s.input(), s.key()),
                                Undo.undo((s, effect) -> flights.cancel(effect.actionKey())))
                        .returning(String.class, s -> s.result(HOTEL));
            }
        }

        SagaCrashTest<FakeBookings, String, String> forgetful = SagaCrashTest.of(
                        FakeBookings::new, bookings -> new Forgetful().trip(bookings))
                .input("Ada")
                .invariant("both or none", bookings -> bookings.count() != 1);
        // testing.md: end
        assertThatThrownBy(forgetful::check).isInstanceOf(CrashTestFailed.class).hasMessage(shown());
    }

    /** The output that the page shows. */
    private static String shown() {
        try {
            String page = Files.readString(Path.of("..", "docs", "testing.md"));
            int begin = page.indexOf("```text\n") + "```text\n".length();
            return page.substring(begin, page.indexOf("\n```", begin));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
