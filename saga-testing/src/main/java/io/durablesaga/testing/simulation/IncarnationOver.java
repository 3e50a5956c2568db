package io.durablesaga.testing.simulation;

import io.durablesaga.testing.engine.RecordGate;

/** Ends an incarnation whose execution has not ended; passes through the interpreter, which catches none of it. */
abstract class IncarnationOver extends Error {
    private static final long serialVersionUID = 1L;

    /** Without a stack trace: it is no defect, and an explorer throws tens of thousands. */
    private IncarnationOver(String message) {
        super(message, null, false, false);
    }

    /** Nothing can go on before time passes or somebody outside acts. */
    static final class Suspended extends IncarnationOver {
        private static final long serialVersionUID = 1L;

        Suspended() {
            super("nothing can go on before time passes or somebody outside acts");
        }
    }

    /** Its process has been killed, or another incarnation has taken over. */
    static final class Superseded extends IncarnationOver {
        private static final long serialVersionUID = 1L;

        Superseded() {
            super("superseded: whatever is still done here is refused");
        }
    }

    /** The store refused a write, or its answer was lost. */
    static final class WriteLost extends IncarnationOver {
        private static final long serialVersionUID = 1L;

        WriteLost(RecordGate.WriteFailed failed) {
            super("a write failed: " + failed.how());
        }
    }
}
