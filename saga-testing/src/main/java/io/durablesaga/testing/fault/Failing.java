package io.durablesaga.testing.fault;

/** In which way a step or its undo does not succeed, on every attempt: what makes a saga unwind. */
public enum Failing {
    /** It throws before it has had its effect. */
    BEFORE_EFFECT("fails-before"),
    /** It has its effect and throws then: what remains is unknown. */
    AFTER_EFFECT("fails-after"),
    /** It says no, without effect. */
    REJECTED("rejects"),
    /** Its undo throws, before it has had its effect. */
    UNDO("undo-fails"),
    /** Nobody answers its callback. */
    UNANSWERED("unanswered"),
    /** Nothing fails; each body runs twice on each attempt, which must be as once. */
    TWICE("runs-twice");

    private final String text;

    Failing(String text) {
        this.text = text;
    }

    /** As schedules spell it. */
    public String text() {
        return text;
    }
}
