package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.Reads;
import io.durablesaga.embedded.journal.Store;
import io.durablesaga.embedded.journal.Writes;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** A store that shows a test every row on its way in and every answer on its way out, and lets it fail or hold either. */
final class WatchedStore implements Store {
    private final Store store;
    private final List<List<Object>> commits = new ArrayList<>();
    private volatile Consumer<Object> onWrite = row -> {};
    private volatile Runnable beforeCommit = () -> {};
    private volatile Runnable afterCommit = () -> {};
    private volatile BiConsumer<String, Object> onAnswer = (question, answer) -> {};

    WatchedStore(Store store) {
        this.store = store;
    }

    /** Called with every row before it is written; what it throws fails the change. */
    void onWrite(Consumer<Object> watcher) {
        onWrite = watcher;
    }

    /** Called before and after every commit; what the first throws fails it. */
    void onCommit(Runnable before, Runnable after) {
        beforeCommit = before;
        afterCommit = after;
    }

    /** Called with every answer, after it has been read and before it is given. */
    void onAnswer(BiConsumer<String, Object> watcher) {
        onAnswer = watcher;
    }

    /** The rows of each commit so far. */
    List<List<Object>> commits() {
        synchronized (commits) {
            return List.copyOf(commits);
        }
    }

    @Override
    public void commit(Consumer<Writes> group) {
        List<Object> rows = new ArrayList<>();
        beforeCommit.run();
        store.commit(writes -> group.accept(watched(writes, rows)));
        synchronized (commits) {
            commits.add(List.copyOf(rows));
        }
        afterCommit.run();
    }

    @Override
    public <T> T read(Function<Reads, T> question) {
        List<Runnable> answered = new ArrayList<>();
        T answer = store.read(reads -> question.apply(watched(reads, answered)));
        answered.forEach(Runnable::run);
        return answer;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void close() {
        store.close();
    }

    private Writes watched(Writes writes, List<Object> rows) {
        return proxy(Writes.class, (proxy, method, arguments) -> {
            Object row = arguments[arguments.length - 1];
            if (row instanceof Record && !(row instanceof Reads.Query)) {
                onWrite.accept(row);
                rows.add(row);
            }
            return method.invoke(writes, arguments);
        });
    }

    private Reads watched(Reads reads, List<Runnable> answered) {
        return proxy(Reads.class, (proxy, method, arguments) -> {
            Object answer = method.invoke(reads, arguments);
            answered.add(() -> onAnswer.accept(method.getName(), answer));
            return answer;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        InvocationHandler unwrapping = (proxy, method, arguments) -> {
            try {
                return handler.invoke(proxy, method, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, unwrapping));
    }
}
