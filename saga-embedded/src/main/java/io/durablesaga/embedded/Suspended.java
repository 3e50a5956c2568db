package io.durablesaga.embedded;

/** Leaves an incarnation that can do nothing until time passes or somebody acts. Machinery: nobody catches it but the engine. */
final class Suspended extends Error {
    private static final long serialVersionUID = 1L;

    Suspended() {
        super("suspended", null, false, false);
    }
}
