package io.durablesaga.testing.contract;

/** What goes wrong in one attempt of a body. */
enum Fault {
    /** Nothing. */
    NONE,
    /** It throws before its effect. */
    FAILS,
    /** It throws after its effect: the answer was lost. */
    FAILS_AFTER_EFFECT,
    /** It says that there is no effect, and there is none. */
    REJECTS,
    /** It throws an {@link Error} before its effect. */
    ERRS,
    /** The process dies before its effect; the body then throws. */
    DIES,
    /** The process dies after its effect; the body then returns as if nothing had happened. */
    DIES_AFTER_EFFECT;

    /** A provider that does not answer. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String name) {
            super(name + " does not answer");
        }
    }

    /** Thrown where the process is dead already; nobody must take it for a failure. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died(String name) {
            super("the process died in " + name);
        }
    }
}
