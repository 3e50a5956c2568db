package io.durablesaga.examples.trip;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

// testing.md: fake
/** Remembers keys, as a good provider does: the same key books once, and books nothing any more once it is cancelled. */
final class FakeBookings implements Bookings {
    private final Map<String, String> booked = new LinkedHashMap<>();
    private final Set<String> cancelled = new HashSet<>();

    @Override
    public synchronized String book(String traveller, String key) {
        if (cancelled.contains(key)) {
            throw new IllegalStateException("this booking is cancelled");
        }
        return booked.computeIfAbsent(key, first -> traveller + "'s seat");
    }

    @Override
    public synchronized void cancel(String bookingKey) {
        cancelled.add(bookingKey);
        booked.remove(bookingKey);
    }

    synchronized int count() {
        return booked.size();
    }

    @Override
    public String toString() {
        return count() + " booked";
    }
}
// testing.md: end
