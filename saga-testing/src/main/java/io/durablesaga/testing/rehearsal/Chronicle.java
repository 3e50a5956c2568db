package io.durablesaga.testing.rehearsal;

import io.durablesaga.testing.fault.Place;
import io.durablesaga.testing.fault.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that happened in a run, in order, and the points that were passed. Thread-safe. */
final class Chronicle {
    private final List<Event> events = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Supplier<Instant> clock;
    private int incarnation = 1;

    Chronicle(Supplier<Instant> clock) {
        this.clock = clock;
    }

    /** Another incarnation takes over. */
    synchronized void nextIncarnation() {
        incarnation++;
    }

    synchronized int incarnation() {
        return incarnation;
    }

    /** Notes it for the current incarnation. */
    void note(Event.What what, String operation, @Nullable String key, @Nullable Object detail) {
        noteIn(incarnation(), what, operation, key, detail);
    }

    /** Notes it for an incarnation that may be over. */
    void noteIn(int ofIncarnation, Event.What what, String operation, @Nullable String key, @Nullable Object detail) {
        Instant at = clock.get(); // the engine's, which may lock what this must not be locked before
        synchronized (this) {
            events.add(new Event(ofIncarnation, at, what, operation, key, detail));
        }
    }

    /** The run comes by here. */
    synchronized Point pass(Place place, String operation) {
        int occurrence = counts.merge(place.name() + ":" + operation, 1, Integer::sum);
        Point point = new Point(place, operation, occurrence);
        points.add(point);
        return point;
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** The points passed after that many, in order. */
    synchronized List<Point> pointsAfter(int passed) {
        return List.copyOf(points.subList(passed, points.size()));
    }

    /** The point passed last. */
    synchronized Point last() {
        return points.get(points.size() - 1);
    }

    synchronized int passed() {
        return points.size();
    }

    /** Whether anything like it has happened. */
    synchronized boolean any(Predicate<Event> like) {
        return events.stream().anyMatch(like);
    }
}
