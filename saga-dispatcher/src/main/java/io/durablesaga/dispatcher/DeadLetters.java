package io.durablesaga.dispatcher;

import java.util.Objects;
import java.util.Optional;

/** Where records go that are not to be started, until a person has looked at them. Thread-safe. */
@FunctionalInterface
public interface DeadLetters {
    /**
     * Takes a record, durably when it returns; whatever is thrown says that it did not, and the record is returned to its source.
     * The same record may be handed over more than once.
     */
    void take(DeadLetter letter) throws Exception;

    /**
     * A record that is not to be started.
     *
     * @param record the record
     * @param outcome why
     * @param name what its execution is called, or would be; empty if it could not be named
     * @param detail what was seen, without anything of what the record says
     */
    record DeadLetter(Incoming record, Outcome outcome, Optional<String> name, String detail) {
        /** All parts are required. */
        public DeadLetter {
            Objects.requireNonNull(record, "record");
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(detail, "detail");
        }

        /** What makes the record start the same execution when it is sent again. */
        public Incoming.Kept kept() {
            return new Incoming.Kept(
                    name, record.kept().flatMap(Incoming.Kept::origin).or(record::origin));
        }
    }
}
