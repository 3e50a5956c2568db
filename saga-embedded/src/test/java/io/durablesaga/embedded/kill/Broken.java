package io.durablesaga.embedded.kill;

/** A mistake made on purpose in the code around the sagas, so that the check can be seen to fail. */
enum Broken {
    /** No mistake. */
    NOTHING(""),
    /** Undos are handed to a queue and said to be done before they are. */
    UNDO_ORDER("undo-order"),
    /** The provider gets a new key on every attempt. */
    NEW_KEY("new-key");

    private final String option;

    Broken(String option) {
        this.option = option;
    }

    static Broken of(String option) {
        for (Broken broken : values()) {
            if (broken != NOTHING && broken.option.equals(option)) {
                return broken;
            }
        }
        throw new IllegalArgumentException("--break " + option + ": it is undo-order or new-key");
    }
}
