package io.durablesaga.properties.mutants;

import io.durablesaga.embedded.EmbeddedEngineUnderTest;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.engine.EngineProvider;
import io.durablesaga.testing.fault.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An exploration: a saga or an event source, and what may go wrong in it. */
enum Play {
    // sagas that survive every crash, unless something else is wrong
    CHAIN(RightSagas::chain),
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
    WAITS(RightSagas::waits),
    POLL(RightSagas::poll),
    LOSSY(RightSagas::lossy),
    FEW_INTERRUPTIONS(RightSagas::fewInterruptions),

    // the same on the embedded engine
    EMBEDDED_CHAIN(() -> embedded(RightSagas.chain())),
    EMBEDDED_WAITS(() -> embedded(RightSagas.waits())),
    EMBEDDED_SLEEP(() -> embedded(RightSagas.sleep())),
    EMBEDDED_AWAIT(() -> embedded(RightSagas.await())),

    // the same on AWS Lambda, where that is built
    LAMBDA_CHAIN(() -> lambda(RightSagas.chain())),
    LAMBDA_WAITS(() -> lambda(RightSagas.waits())),
    LAMBDA_SLEEP(() -> lambda(RightSagas.sleep())),
    LAMBDA_AWAIT(() -> lambda(RightSagas.await())),

    // sagas with a mistake, and the same without it
    UNDO_READS_FIELD(WrongSagas::undoReadsField),
    UNDO_READS_STATIC(WrongSagas::undoReadsStatic),
    DEPENDS_ON_LOCALE(WrongSagas::dependsOnLocale),
    DEPENDS_ON_ZONE(WrongSagas::dependsOnZone),
    INTOLERANT_UNDO(WrongSagas::intolerantUndo),
    UNDO_NEEDS_RESULT(WrongSagas::undoNeedsResult),
    UNDO_NOT_IDEMPOTENT(WrongSagas::undoNotIdempotent),
    CONDITION_READS_FIELD(WrongSagas::conditionReadsField),
    CONDITION_CALLS_SERVICE(WrongSagas::conditionCallsService),
    OWN_KEY(WrongSagas::ownKey),
    NEEDS_BARRIER(WrongSagas::needsBarrier),

    // event sources whose records are dispatched
    DISPATCH_SQS("SQS"),
    DISPATCH_SQS_FIFO("SQS_FIFO"),
    DISPATCH_KINESIS("KINESIS"),
    DISPATCH_KAFKA("KAFKA");

    @SuppressWarnings("ImmutableEnumChecker") // none of the functions above holds on to anything
    private final Function<Boolean, Map<String, String>> exploration;

    Play(Function<Boolean, SagaCrashTest<?, ?, ?>> test) {
        this.exploration = wrong -> Trial.explored(test.apply(wrong));
    }

    Play(String source) {
        this.exploration = wrong -> Trial.dispatched(source);
    }

    Play(Supplier<SagaCrashTest<?, ?, ?>> test) {
        this(wrong -> test.get());
    }

    /** What an engine of this machine may meet: its processes do not linger, and it writes the last record with the end. */
    private static <W, I, O extends @Nullable Object> SagaCrashTest<W, I, O> embedded(SagaCrashTest<W, I, O> test) {
        return test.on(lingering -> EmbeddedEngineUnderTest.overMemory())
                .faults(Fault.CRASH, Fault.ACK_LOST, Fault.CLIENT_ERROR, Fault.THROTTLED, Fault.TIMER_SKEW);
    }

    /** What an engine in the cloud may meet. */
    private static <W, I, O extends @Nullable Object> SagaCrashTest<W, I, O> lambda(SagaCrashTest<W, I, O> test) {
        EngineProvider engine = EngineProvider.all().get(0);
        return test.on(lingering -> engine.open())
                .exhaustive(1)
                .faults(
                        Fault.CRASH,
                        Fault.ACK_LOST,
                        Fault.CLIENT_ERROR,
                        Fault.THROTTLED,
                        Fault.STALE_TOKEN,
                        Fault.TIMER_SKEW);
    }

    /** Those that this build can explore. */
    static List<Play> all() {
        boolean lambda = !EngineProvider.all().isEmpty();
        return Stream.of(values())
                .filter(play -> lambda || !play.name().startsWith("LAMBDA_"))
                .toList();
    }

    /** What is found; in the saga with its mistake, if there is one and it is asked for. */
    Map<String, String> explore(boolean wrong) {
        return exploration.apply(wrong);
    }

    /** Its name, as a reader would write it. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
