package io.durablesaga.testing;

import io.durablesaga.testing.exploration.Counterexample;
import io.durablesaga.testing.exploration.Report;

/** A saga does not survive everything; the message tells how, and how to see it again. */
public final class CrashTestFailed extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient Counterexample counterexample;

    CrashTestFailed(Counterexample counterexample) {
        super(counterexample.toString());
        this.counterexample = counterexample;
    }

    static Report unlessFine(Report report) {
        report.counterexample().ifPresent(counterexample -> {
            throw new CrashTestFailed(counterexample);
        });
        return report;
    }

    /** The shortest schedule that was found, and what did not hold. */
    public Counterexample counterexample() {
        return counterexample;
    }
}
