package io.durablesaga.testing.fault;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One moment of a run, named by what happens and where: {@code effect:charge-card#1} is the first time that charge-card has
 * had its effect.
 *
 * @param place what happens
 * @param operation the operation's name
 * @param occurrence which time, from 1
 */
public record Point(Place place, String operation, int occurrence) {
    private static final Pattern TEXT = Pattern.compile("([a-z-]+):(.+)#([1-9][0-9]{0,8})");

    /** Place and operation are required. */
    public Point {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(operation, "operation");
        if (occurrence < 1) {
            throw new IllegalArgumentException("occurrence: " + occurrence + "; they count from 1");
        }
    }

    /**
     * Reads what {@link #toString()} writes.
     *
     * @throws IllegalArgumentException saying what a point looks like
     */
    public static Point parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            for (Place place : Place.values()) {
                if (place.text().equals(matcher.group(1))) {
                    return new Point(place, matcher.group(2), Integer.parseInt(matcher.group(3)));
                }
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no point: write place:operation#count, such as effect:charge-card#1");
    }

    @Override
    public String toString() {
        return place.text() + ":" + operation + "#" + occurrence;
    }
}
