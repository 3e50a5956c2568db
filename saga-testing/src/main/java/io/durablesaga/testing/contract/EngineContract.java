package io.durablesaga.testing.contract;

import io.durablesaga.testing.engine.EngineUnderTest;
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
    class Start extends StartContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

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
    class Stuck extends StuckContract {
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

    @Nested
    class Attempt extends AttemptContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Pivot extends PivotContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class PastPivot extends PastPivotContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Parking extends ParkingContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Parallel extends ParallelContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class ParallelUnwind extends ParallelUnwindContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class ForEach extends ForEachContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Callback extends CallbackContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Answer extends AnswerContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Poll extends PollContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Invoke extends InvokeContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class NestedSagas extends NestedContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Lambda extends LambdaContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Validation extends ValidationContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Crash extends CrashContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class RecordCrash extends RecordCrashContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class RecordCrashGroup extends RecordCrashGroupContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class RecordCrashOutside extends RecordCrashOutsideContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class RecordCrashUndo extends RecordCrashUndoContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Interruption extends InterruptionContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class InterruptionBound extends InterruptionBoundContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Resume extends ResumeContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class CallbackResume extends CallbackResumeContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }

    @Nested
    class Mismatch extends MismatchContract {
        @Override
        EngineUnderTest open() {
            return EngineContract.this.open();
        }
    }
}
