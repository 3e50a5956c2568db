package io.durablesaga.properties.mutants;

import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.fault.Fault;
import java.util.Locale;
import java.util.function.Supplier;

/** An exploration: a saga and what may go wrong in it. */
enum Play {
    // sagas that survive every crash, unless something else is wrong
    CHAIN(RightSagas::chain),
    CHAIN_PAIRS(() -> RightSagas.chain().exhaustive(2)),
    CHAIN_ZOMBIES(() ->
            RightSagas.chain().barrier(RightSagas.FIRST, RightSagas.SECOND).faults(Fault.ZOMBIE)),
    PIVOT(RightSagas::pivot),
    PIVOT_SKIPPED(RightSagas::pivotSkipped),
    PARALLEL(RightSagas::parallel),
    PARALLEL_UNDO(RightSagas::parallelUndo),
    EACH(RightSagas::each),
    EACH_AT_ONCE(RightSagas::eachAtOnce),
    RETRIES(RightSagas::retries),
    AWAIT(RightSagas::await),
    NESTED(RightSagas::nested),
    CONDITION(RightSagas::condition),
    BROKEN_CONDITION(RightSagas::brokenCondition),
    HOLDING(RightSagas::holding),
    PARKED_RETRY(RightSagas::parkedRetry),
    PARKED_SKIP(RightSagas::parkedSkip),
    CAPTURE(RightSagas::capture),
    SLEEP(RightSagas::sleep),
    POLL(RightSagas::poll),
    LOSSY(RightSagas::lossy),
    FEW_INTERRUPTIONS(RightSagas::fewInterruptions);

    @SuppressWarnings("ImmutableEnumChecker") // none of the suppliers above holds on to anything
    private final Supplier<SagaCrashTest<?, ?, ?>> test;

    Play(Supplier<SagaCrashTest<?, ?, ?>> test) {
        this.test = test;
    }

    /** Whether it survives every crash, unless something else is wrong. */
    boolean right() {
        return true;
    }

    SagaCrashTest<?, ?, ?> test() {
        return test.get();
    }

    /** Its name, as a reader would write it. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
