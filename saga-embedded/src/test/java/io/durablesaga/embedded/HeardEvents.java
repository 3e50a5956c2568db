package io.durablesaga.embedded;

import io.durablesaga.event.SagaEvent;
import io.durablesaga.event.SagaListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a listener heard, in order, each as its name and its path. */
final class HeardEvents implements SagaListener {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void on(SagaEvent event) {
        heard.add((event.getClass().getSimpleName() + " " + of(event)).strip());
    }

    List<String> heard() {
        return List.copyOf(heard);
    }

    private static String of(SagaEvent event) {
        if (event instanceof SagaEvent.AttemptFailed failed) {
            return (failed.undo() ? "undo " : "") + failed.path() + "#" + failed.attempt() + " " + failed.retryIn();
        } else if (event instanceof SagaEvent.Completed completed) {
            return completed.path();
        } else if (event instanceof SagaEvent.Failed failed) {
            return failed.path();
        } else if (event instanceof SagaEvent.Waiting waiting) {
            return waiting.path();
        } else if (event instanceof SagaEvent.Unwinding unwinding) {
            return unwinding.cause().path();
        } else if (event instanceof SagaEvent.Undone undone) {
            return undone.path();
        } else if (event instanceof SagaEvent.UndoFailed undoFailed) {
            return undoFailed.path();
        } else if (event instanceof SagaEvent.Parked parked) {
            return parked.path();
        }
        return event instanceof SagaEvent.Decided decided ? decided.path() : "";
    }
}
