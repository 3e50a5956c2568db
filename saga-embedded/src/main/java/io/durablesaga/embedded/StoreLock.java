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
import org.jspecify.annotations.Nullable;

/** Keeps a second process away from a journal. The system gives the lock back when the process dies, however it dies. */
final class StoreLock implements AutoCloseable {
    private static final int LONGEST_OWNER = 64;

    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    static StoreLock take(Path journal) {
        Path file = journal.resolveSibling(journal.getFileName() + ".lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String owner = Files.readString(file, StandardCharsets.UTF_8).strip();
                channel.close();
                throw new JournalException(
                        journal + ": already open in process " + (owner.isEmpty() ? "unknown" : owner)
                                + "; one engine at a time, close that one first",
                        null);
            }
            channel.truncate(0);
            byte[] owner = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
            channel.write(ByteBuffer.wrap(owner, 0, Math.min(owner.length, LONGEST_OWNER)), 0);
            return new StoreLock(channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new JournalException(
                    journal + ": cannot be locked (" + e
                            + "); its directory must exist and be writable for this process",
                    e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
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
