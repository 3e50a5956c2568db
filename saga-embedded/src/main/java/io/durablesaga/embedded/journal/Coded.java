package io.durablesaga.embedded.journal;

/** A value that the file holds as a number, which never changes its meaning. */
public interface Coded {
    /** The number. */
    int code();

    /**
     * The value of a number.
     *
     * @throws IllegalStateException if there is none, in a file that something else has written to
     */
    static <E extends Coded> E of(E[] values, int code) {
        for (E value : values) {
            if (value.code() == code) {
                return value;
            }
        }
        throw new IllegalStateException("the journal holds an unknown code " + code + " for one of " + values.length
                + " values; use the release that wrote it");
    }
}
