package io.durablesaga.testing.rehearsal;

/** The process that runs this is dead: nothing it does counts any more. */
final class Died extends Error {
    private static final long serialVersionUID = 1L;

    Died(String where) {
        super("the process died at " + where, null, false, false);
    }
}
