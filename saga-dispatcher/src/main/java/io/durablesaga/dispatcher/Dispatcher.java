package io.durablesaga.dispatcher;

import io.durablesaga.start.SagaStarter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts one saga for each record, under a name that the record always has, and says what becomes of the record. Whatever comes, and
 * however often: nothing is acknowledged that was not started, judged or handed to the dead letters.
 *
 * <pre>{@code
 * Dispatcher dispatcher = Dispatcher.of(Dispatch.into("orders").key("/orderId"), engine.starter(PLACE_ORDER));
 * List<Decision> decisions = dispatcher.dispatch(records, Duration.ofSeconds(30));
 * }</pre>
 *
 * <p>Holds as many threads as there may be starts at a time. Thread-safe.
 */
public final class Dispatcher implements AutoCloseable {
    private final Dispatch dispatch;
    private final Passage passage;
    private final Time time;
    private final DispatchLog log;
    private final ExecutorService workers;

    private Dispatcher(Dispatch dispatch, SagaStarter starter, Time time, InstantSource clock) {
        this.dispatch = dispatch;
        this.time = time;
        this.log = new DispatchLog(dispatch.names().scope());
        this.passage = new Passage(
                dispatch,
                new Attempt(
                        new Starting(starter, dispatch, time),
                        dispatch.guard()
                                .map(store -> new StartGuard(store, clock))
                                .orElse(null),
                        dispatch.lookUp() != LookUp.NEVER),
                starter.largestPayload());
        this.workers = Executors.newFixedThreadPool(dispatch.concurrency(), threads());
    }

    /** One that starts records by this starter, such as an engine's for one saga. To be closed: it holds threads. */
    public static Dispatcher of(Dispatch dispatch, SagaStarter starter) {
        return of(dispatch, starter, Sources.systemTime(), Sources.systemClock());
    }

    static Dispatcher of(Dispatch dispatch, SagaStarter starter, Time time, InstantSource clock) {
        return new Dispatcher(Objects.requireNonNull(dispatch, "dispatch"), starter, time, clock);
    }

    /**
     * Dispatches records that came together.
     *
     * @param records in the order of their source. Those that stand alone are started side by side: of two with one key and other
     *     payloads, either may be the one that is started
     * @param within how long it may take; what is not decided by then is returned
     * @return one decision for each record, in the same order
     */
    public List<Decision> dispatch(List<Incoming> records, Duration within) {
        Deadline deadline = new Deadline(time, within);
        List<Decision> decisions = new Batch(List.copyOf(records), dispatch.strictOrder(), passage, deadline)
                .decide(workers, dispatch.concurrency());
        log.told(decisions, within.minus(deadline.left()));
        return decisions;
    }

    /** Stops its threads; what they are at is interrupted. */
    @Override
    public void close() {
        workers.shutdownNow();
    }

    private static ThreadFactory threads() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "saga-dispatcher-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
