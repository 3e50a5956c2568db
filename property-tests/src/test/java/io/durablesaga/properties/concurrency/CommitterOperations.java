package io.durablesaga.properties.concurrency;

import io.durablesaga.embedded.journal.Committer;
import io.durablesaga.embedded.journal.ExecutionRow;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.MemoryStore;
import io.durablesaga.embedded.journal.Reads;
import io.durablesaga.embedded.journal.Store;
import io.durablesaga.embedded.journal.Writes;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** What is asked of one committer at the same time; each instance has names of its own, so that they can share it. */
@Param(name = "name", gen = IntGen.class, conf = "1:2")
public final class CommitterOperations {
    private static final int COMMIT_NANOS = 20_000;
    private static final AtomicLong INSTANCES = new AtomicLong();
    private static final MemoryStore STORE = new MemoryStore();
    private static final Committer COMMITTER = new Committer(new Slow());

    private final String prefix = "instance-" + INSTANCES.incrementAndGet() + "-";

    /** A store that takes its time, so that changes wait and are committed together. */
    private static final class Slow implements Store {
        @Override
        public void commit(Consumer<Writes> group) {
            LockSupport.parkNanos(COMMIT_NANOS);
            STORE.commit(group);
        }

        @Override
        public <T> T read(Function<Reads, T> question) {
            return STORE.read(question);
        }

        @Override
        public String name() {
            return "slow memory";
        }

        @Override
        public void close() {}
    }

    /** Inserts a row unless there is one; says whether there was none. */
    @Operation
    public boolean insert(@Param(name = "name") int name) {
        return COMMITTER.commit(writes -> inserted(name, writes));
    }

    /** Inserts a row and then fails: it must not stay, whatever else is committed together with it. */
    @Operation
    public String insertInVain(@Param(name = "name") int name) {
        try {
            return String.valueOf(COMMITTER.<Boolean>commit(writes -> {
                boolean unused = inserted(name, writes);
                throw new IllegalStateException("one change alone");
            }));
        } catch (JournalException refused) {
            return "refused";
        }
    }

    /** Whether there is a row. */
    @Operation
    public boolean isThere(@Param(name = "name") int name) {
        return STORE.read(reads -> reads.execution(prefix + name)).isPresent();
    }

    private boolean inserted(int name, Writes writes) {
        if (writes.execution(prefix + name).isPresent()) {
            return false;
        }
        long unused = writes.insert(new ExecutionRow(
                0,
                prefix + name,
                "uid",
                "part",
                "saga",
                "null",
                ExecutionRow.State.WAITING,
                null,
                false,
                0,
                0,
                null,
                null,
                null));
        return true;
    }

    /** The same for one thread. */
    public static final class Alone {
        private final Set<Integer> names = new TreeSet<>();

        /** As {@link CommitterOperations#insert}. */
        public boolean insert(int name) {
            return names.add(name);
        }

        /** As {@link CommitterOperations#insertInVain}. */
        public String insertInVain(int name) {
            return "refused";
        }

        /** As {@link CommitterOperations#isThere}. */
        public boolean isThere(int name) {
            return names.contains(name);
        }
    }
}
