package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second engine away from a journal, in this process or another. The system gives the lock back when the process
 * dies, however it dies. It would also give it back when the process closes any other handle of the lock file, so an engine
 * of the same process is refused without opening it.
 */
final class StoreLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    private StoreLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static StoreLock take(Path journal) {
        try {
            Path file = lockOf(journal);
            String self = Long.toString(ProcessHandle.current().pid());
            if (!HELD.add(file)) {
                throw inUse(journal, self);
            }
            FileChannel channel = null;
            try {
                channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                if (tryLock(channel) == null) {
                    throw inUse(
                            journal,
                            Files.readString(file, StandardCharsets.UTF_8).strip());
                }
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
                return new StoreLock(file, channel);
            } catch (IOException | RuntimeException e) {
                closeQuietly(channel);
                HELD.remove(file);
                throw e;
            }
        } catch (IOException e) {
            throw JournalException.lasting(
                    journal + ": cannot be locked (" + e
                            + "); its directory must exist and be writable for this process",
                    e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            closeQuietly(channel);
            HELD.remove(file);
        }
    }

    /** Beside the file itself, whatever path or link leads to it. */
    private static Path lockOf(Path journal) throws IOException {
        Path absolute = journal.toAbsolutePath();
        Path real = Files.exists(absolute)
                ? absolute.toRealPath()
                : absolute.resolveSibling(".").toRealPath().resolve(absolute.getFileName());
        return real.resolveSibling(real.getFileName() + ".lock");
    }

    private static JournalException inUse(Path journal, String owner) {
        return new JournalException(
                journal + ": already open in process " + (owner.isEmpty() ? "unknown" : owner)
                        + "; one engine at a time, close that one first",
                null);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another class loader's copy of this class holds it
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // the system releases it with the process
            }
        }
    }
}
