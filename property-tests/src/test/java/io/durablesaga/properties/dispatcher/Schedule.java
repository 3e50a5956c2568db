package io.durablesaga.properties.dispatcher;

import io.durablesaga.properties.dispatcher.Plan.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Lets the planned faults come about, one call after another. Thread-safe. */
final class Schedule {
    private static final int SOON = 4;

    private final Map<Place, Deque<Fault>> planned = new EnumMap<>(Place.class);
    private final List<String> fired = new ArrayList<>();
    private final int faults;

    Schedule(Plan plan) {
        plan.faults().forEach((place, inTurn) -> planned.put(place, new ArrayDeque<>(inTurn)));
        faults = waiting();
    }

    synchronized Fault next(Place place) {
        Fault next = planned.get(place).poll();
        if (next == null || next == Fault.NONE) {
            return Fault.NONE;
        }
        fired.add(place + " " + next);
        return next;
    }

    /** Whether a start is to come soon that waits for the end of its invocation. */
    synchronized boolean hasSlow() {
        return planned.get(Place.START).stream()
                .limit(SOON)
                .anyMatch(fault -> fault == Fault.LATE || fault == Fault.NEVER);
    }

    /** Nothing goes wrong any more. */
    synchronized void calm() {
        planned.values().forEach(Deque::clear);
    }

    synchronized List<String> fired() {
        return List.copyOf(fired);
    }

    /** How many there were to come. */
    int planned() {
        return faults;
    }

    private synchronized int waiting() {
        return (int) planned.values().stream()
                .flatMap(Deque::stream)
                .filter(fault -> fault != Fault.NONE)
                .count();
    }
}
