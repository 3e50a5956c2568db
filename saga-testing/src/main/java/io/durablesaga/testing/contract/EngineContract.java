package io.durablesaga.testing.contract;

import org.junit.jupiter.api.Nested;

/**
 * What every engine must do. The module of an engine extends this one class and says how to open the engine; nothing is
 * skipped, whatever the engine.
 */
public abstract class EngineContract {
    /** For subclasses. */
    protected EngineContract() {}

    /** A new engine over empty records; the suite closes it. */
    protected abstract EngineUnderTest open();

    @Nested
    class Forward extends ForwardContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Unwind extends UnwindContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Unknown extends UnknownContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }
}
