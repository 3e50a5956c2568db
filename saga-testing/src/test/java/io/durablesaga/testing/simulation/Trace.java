package io.durablesaga.testing.simulation;

import io.durablesaga.testing.engine.RecordGate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Everything that happens on an engine, in order: writes as they become durable, and what bodies and listeners add. */
final class Trace implements RecordGate {
    private final List<String> lines = new ArrayList<>();
    private IntConsumer before = write -> {};
    private IntConsumer after = write -> {};
    private int writes;

    /** What happens before a write, by its number from 0. */
    void before(IntConsumer newBefore) {
        before = newBefore;
    }

    /** What happens after a write, by its number from 0. */
    void after(IntConsumer newAfter) {
        after = newAfter;
    }

    @Override
    public void before(List<Written> written) {
        before.accept(writes);
    }

    @Override
    public void after(List<Written> written) {
        int write = writes;
        writes++;
        add(written.stream()
                .map(each -> each.kind() + " " + each.name() + " " + each.event() + " " + each.attempt())
                .toList()
                .toString());
        after.accept(write);
    }

    /** How many writes have become durable. */
    int writes() {
        return writes;
    }

    synchronized void add(String line) {
        lines.add(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Does something at one write only, and only once. */
    static IntConsumer once(int at, Runnable action) {
        List<Runnable> left = new ArrayList<>(List.of(action));
        return write -> {
            if (write == at && !left.isEmpty()) {
                left.remove(0).run();
            }
        };
    }
}
