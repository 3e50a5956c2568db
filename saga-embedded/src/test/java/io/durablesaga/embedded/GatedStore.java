package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.ExecutionRow;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.Reads;
import io.durablesaga.embedded.journal.RecordRow;
import io.durablesaga.embedded.journal.Store;
import io.durablesaga.embedded.journal.Writes;
import io.durablesaga.testing.engine.RecordGate;
import io.durablesaga.testing.engine.RecordGate.Written;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A store whose commits pass a gate. */
final class GatedStore implements Store {
    private final Store store;
    private final Supplier<RecordGate> gate;

    GatedStore(Store store, Supplier<RecordGate> gate) {
        this.store = store;
        this.gate = gate;
    }

    @Override
    public void commit(Consumer<Writes> group) {
        List<Written> written = new ArrayList<>();
        store.commit(writes -> {
            group.accept(noting(writes, written));
            ask(() -> gate.get().before(List.copyOf(written)));
        });
        ask(() -> gate.get().after(List.copyOf(written)));
    }

    @Override
    public <T> T read(Function<Reads, T> question) {
        return store.read(question);
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void close() {
        store.close();
    }

    private static void ask(Runnable question) {
        try {
            question.run();
        } catch (RecordGate.WriteFailed failed) {
            throw new JournalException("the test's gate: " + failed.how(), failed);
        }
    }

    private static Writes noting(Writes writes, List<Written> written) {
        return (Writes) Proxy.newProxyInstance(
                Writes.class.getClassLoader(), new Class<?>[] {Writes.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("append")) {
                        RecordRow row = (RecordRow) arguments[1];
                        String execution = writes.execution((long) arguments[0])
                                .map(ExecutionRow::name)
                                .orElseThrow();
                        written.add(new Written(
                                execution,
                                row.kind().name(),
                                row.name(),
                                row.event().name(),
                                row.kind() == RecordRow.Kind.CALLBACK ? 1 : row.attempt())); // else how it ended
                    }
                    try {
                        return method.invoke(writes, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
