package io.durablesaga.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where stamps stand on an item, and for how long. Time is cut into generations as long as stamps are kept. Three slots take turns: a
 * generation writes into its own, the one before stays, and the one before that, now over for a whole generation, is emptied for the
 * next.
 *
 * @param attribute what the attributes on the item begin with
 * @param keep how long stamps are kept at least
 * @param most how many effects may stamp an item in one generation
 * @param clock in whose time
 */
record StampSettings(String attribute, Duration keep, int most, InstantSource clock) {
    private static final int SLOTS = 3;
    private static final int MOST_STAMPS = 1000;
    private static final Duration LEAST_KEEP = Duration.ofHours(1);

    StampSettings {
        if (!Objects.requireNonNull(attribute, "attribute").matches("[A-Za-z][A-Za-z0-9_]{0,99}")) {
            throw new IllegalArgumentException("attribute: " + attribute
                    + "; letters, digits and _, beginning with a letter, at most 100, as it stands in expressions");
        }
        if (Objects.requireNonNull(keep, "keep").compareTo(LEAST_KEEP) < 0) {
            throw new IllegalArgumentException(
                    "keepingFor: " + keep + "; at least an hour, and longer than any execution lasts with its undo");
        }
        if (most < 1 || most > MOST_STAMPS) {
            throw new IllegalArgumentException("atMost: " + most + "; 1 to " + MOST_STAMPS);
        }
        Objects.requireNonNull(clock, "clock");
    }

    static StampSettings standard() {
        return new StampSettings("stamps", Duration.ofDays(7), 200, Sources.systemClock());
    }

    long generation() {
        return Math.floorDiv(clock.millis(), keep.toMillis());
    }

    /** When a generation begins. */
    Instant beginning(long generation) {
        return Instant.ofEpochMilli(generation * keep.toMillis());
    }

    /** Which slot a generation writes into. */
    static int slot(long generation) {
        return Math.floorMod(generation, SLOTS);
    }

    static IntStream slots() {
        return IntStream.range(0, SLOTS);
    }

    /** The attribute that is a slot. */
    String slotAttribute(int slot) {
        return attribute + "_" + slot;
    }

    /** The attribute that holds what {@link #mark} is of the latest generation that has written. */
    String atAttribute() {
        return attribute + "_at";
    }

    /** How long stamps are kept, and a generation: marks of one keep are in the order of generations, those of another far off. */
    String mark(long generation) {
        return leastMark() + String.format(Locale.ROOT, "%015d", generation);
    }

    /** Before all marks of this keep, and after those of shorter ones. */
    String leastMark() {
        return String.format(Locale.ROOT, "%015d/", keep.toMillis());
    }

    Stream<String> attributes() {
        return Stream.concat(slots().mapToObj(this::slotAttribute), Stream.of(atAttribute()));
    }
}
