package io.durablesaga.lambda.service;

import java.util.function.Supplier;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;

/**
 * Where every call to the service passes what a test has go wrong. One call at a time; whoever is in here may take the store's
 * lock, but nobody waits here who holds it, so that a test may kill invocations from wherever it is.
 */
final class Passage {
    private final Store store;
    private volatile Interference interference = Interference.NONE;

    Passage(Store store) {
        this.store = store;
    }

    void interfere(Interference newInterference) {
        interference = newInterference;
    }

    synchronized <T> T pass(Call call, Supplier<T> happening) {
        Interference mine = interference;
        mine.before(call);
        try {
            T result = happening.get();
            mine.after(call);
            return result;
        } finally {
            store.changed();
        }
    }

    CheckpointDurableExecutionResponse answered(Call call, CheckpointDurableExecutionResponse answer) {
        return interference.answered(call, answer);
    }
}
