package io.durablesaga;

/**
 * How many items a {@code forEach} may have, and how many of them run at once.
 *
 * @param atMost the most items; more of them fail the saga before any of them starts
 * @param concurrency how many items run at the same time, 1 for one after the other
 * @param undoInParallel whether the items of a concurrent forEach are also undone at the same time
 */
public record Bound(int atMost, int concurrency, boolean undoInParallel) {

    /** Checks that both numbers are positive. */
    public Bound {
        if (atMost < 1) {
            throw new IllegalArgumentException("atMost: " + atMost + "; at least one item");
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency: " + concurrency + "; at least one at a time");
        }
    }

    /** This many items at the most, one after the other. */
    public static Bound atMost(int items) {
        return new Bound(items, 1, false);
    }

    /** Runs this many items at the same time. */
    public Bound concurrently(int items) {
        return new Bound(atMost, items, undoInParallel);
    }

    /** Undoes the items at the same time too, instead of one by one in reverse order. */
    public Bound undoingInParallel() {
        return new Bound(atMost, concurrency, true);
    }
}
