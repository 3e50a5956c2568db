package io.durablesaga.properties;

import java.util.List;

/** What undoes a step. */
sealed interface UndoSpec {

    /**
     * A body.
     *
     * @param work what it does
     * @param finding whether it looks the effect up where its outcome is unknown
     * @param holds whether earlier undos wait for it
     * @param parks whether a person decides where it fails for good
     */
    record By(Work work, boolean finding, boolean holds, boolean parks) implements UndoSpec {
        static final By FINE = new By(new Work(Behaviour.FINE, 1, List.of()), false, false, false);

        @Override
        public String toString() {
            String plain = work.toString()
                    + (finding ? " finding" : "")
                    + (holds ? " holding" : "")
                    + (parks && work.choices().isEmpty() ? " parked" : "");
            return plain.isEmpty() ? "" : " undo" + plain;
        }
    }

    /** Nothing to undo. */
    record Nothing() implements UndoSpec {
        @Override
        public String toString() {
            return " nothing-to-undo";
        }
    }

    /** Nothing undoes it. */
    record Irreversible() implements UndoSpec {
        @Override
        public String toString() {
            return " irreversible";
        }
    }
}
