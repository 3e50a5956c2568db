package io.durablesaga.dispatcher;

/** A record that cannot be read or named, whoever tries and however often. */
final class PoisonedRecord extends Exception {
    private static final long serialVersionUID = 1L;

    PoisonedRecord(String detail) {
        super(detail, null, false, false); // no stack: it may be thrown for every record of a batch
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
