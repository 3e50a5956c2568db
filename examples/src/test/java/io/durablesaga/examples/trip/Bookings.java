package io.durablesaga.examples.trip;

// testing.md: service
interface Bookings {
    String book(String traveller, String key);

    void cancel(String bookingKey);
}
// testing.md: end
