package io.durablesaga.dispatcher.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.durablesaga.dispatcher.Decision;
import io.durablesaga.dispatcher.Dispatcher;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What handlers of all event sources have in common. Thread-safe; it holds threads until it is closed, which Lambda never does. */
abstract class EventHandler implements RequestStreamHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** How long there is where nobody says, as in a test without a context. */
    private static final Duration UNSAID = Duration.ofSeconds(10);

    private final EventSource source;
    private final Dispatcher dispatcher;
    private final Handling handling;
    private final BatchMetrics metrics;

    EventHandler(EventSource source, Deployment deployment) {
        this.source = source;
        this.dispatcher = Dispatcher.of(deployment.dispatch(), deployment.starter());
        this.handling = deployment.handling();
        this.metrics =
                new BatchMetrics(deployment.dispatch().scope(), source.kind().text(), Sources.systemClock());
    }

    /**
     * Dispatches the records of an event, and answers which of them are to be delivered again.
     *
     * @throws IllegalArgumentException if it is no event of this handler's source; it says what was seen, and which handler fits
     * @throws BatchNotAcknowledged if records are to be delivered again, and only a failure says so
     */
    @Override
    public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context) throws IOException {
        List<Delivery> deliveries = source.deliveries(EventJson.read(event));
        List<Incoming> records = deliveries.stream().map(Delivery::incoming).toList();
        List<Decision> decisions = dispatcher.dispatch(records, within(context));
        tell(decisions);
        EventJson.write(source.answer(deliveries, decisions), answer);
    }

    /** Stops its threads. */
    @Override
    public void close() {
        dispatcher.close();
    }

    /** What is left of the invocation, without what the answer needs. */
    private Duration within(@Nullable Context context) {
        int left = context == null ? 0 : context.getRemainingTimeInMillis();
        if (left <= 0) {
            return UNSAID;
        }
        long reserve = Math.min(handling.reserve().toMillis(), left / 4);
        return Duration.ofMillis(left - reserve);
    }

    private void tell(List<Decision> decisions) {
        if (decisions.isEmpty()) {
            return;
        }
        try {
            handling.metrics().accept(metrics.line(decisions));
        } catch (RuntimeException e) { // of the user's: a batch does not fail because it could not be counted
            LOG.warn("the metrics of a batch were not taken: {}", e.getClass().getName());
        }
    }
}
