package io.durablesaga.properties;

/**
 * One body of one run: which, for which items, in which execution.
 *
 * @param place the path, after the places of the invocations that led to its execution, each with a {@code >}
 * @param undo whether it is the undo there
 */
record Body(String place, boolean undo) implements Comparable<Body> {
    static Body forward(String place) {
        return new Body(place, false);
    }

    static Body undo(String place) {
        return new Body(place, true);
    }

    /** What leads to its execution. */
    String execution() {
        return place.substring(0, place.lastIndexOf('>') + 1);
    }

    /** The path within its execution. */
    String path() {
        return place.substring(place.lastIndexOf('>') + 1);
    }

    @Override
    public int compareTo(Body other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return (undo ? "undo " : "") + place;
    }
}
