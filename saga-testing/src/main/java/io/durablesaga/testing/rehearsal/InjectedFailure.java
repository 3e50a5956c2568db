package io.durablesaga.testing.rehearsal;

/** What a body throws because the schedule says that it fails. */
final class InjectedFailure extends Exception {
    private static final long serialVersionUID = 1L;

    InjectedFailure(String operation) {
        super(operation + " fails, as the schedule says", null, false, false);
    }
}
