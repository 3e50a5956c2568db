package io.durablesaga.embedded.kill;

/**
 * Something that must not be.
 *
 * @param kind how it counts
 * @param execution which execution it is about
 * @param text what was seen
 */
record Violation(Kind kind, String execution, String text) {

    enum Kind {
        /** An execution that has not ended, an effect or an undo that is missing, an answer that is not the provider's. */
        LOST,
        /** More than one effect, key, start or outcome where there must be one. */
        DUPLICATED,
        /** Something that happened before it might, or that should not have happened at all. */
        OUT_OF_ORDER
    }

    static Violation lost(String execution, String text) {
        return new Violation(Kind.LOST, execution, text);
    }

    static Violation duplicated(String execution, String text) {
        return new Violation(Kind.DUPLICATED, execution, text);
    }

    static Violation outOfOrder(String execution, String text) {
        return new Violation(Kind.OUT_OF_ORDER, execution, text);
    }
}
