package io.durablesaga.properties.concurrency;

import io.durablesaga.Saga;
import io.durablesaga.embedded.EmbeddedEngineUnderTest;
import io.durablesaga.testing.engine.RecordGate;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One engine after the other: opening one for every few operations takes longer than they do. */
final class SharedEngine {
    private static final int MOST_INSTANCES = 200;
    private static final int COMMIT_NANOS = 20_000;

    private final List<Saga<String, String>> sagas;
    private EmbeddedEngineUnderTest engine;
    private int instances;
    private int all;

    SharedEngine(List<Saga<String, String>> sagas) {
        this.sagas = sagas;
        this.engine = opened();
    }

    /** A store that takes its time, so that calls overlap. */
    private static final class Slow implements RecordGate {
        @Override
        public void before(List<Written> written) {
            LockSupport.parkNanos(COMMIT_NANOS);
        }

        @Override
        public void after(List<Written> written) {}
    }

    /** An engine for an instance of operations, and a name that no other instance has. */
    record Share(EmbeddedEngineUnderTest engine, String name) {}

    /** The next one's; those before have done with theirs. */
    synchronized Share next() {
        if (++instances > MOST_INSTANCES) {
            instances = 1;
            engine.close();
            engine = opened();
        }
        return new Share(engine, "instance-" + ++all);
    }

    private EmbeddedEngineUnderTest opened() {
        EmbeddedEngineUnderTest opened = EmbeddedEngineUnderTest.overMemory();
        opened.gate(new Slow());
        sagas.forEach(opened::register);
        return opened;
    }
}
