package io.durablesaga.embedded.kill;

import io.durablesaga.embedded.kill.Entry.Direction;
import io.durablesaga.embedded.kill.Entry.Kind;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An append-only file of {@link Entry entries} in the order in which they happened.
 *
 * <p>A kill cannot tear a line: each is one write to a file opened for appending, and all are {@value #WIDTH} bytes long, so
 * that none crosses a page of the system's cache, the only place where a write can be broken off. What has been written
 * outlives the process that wrote it. One process writes at a time; thread-safe.
 */
final class Ledger {
    private static final int WIDTH = 512;

    private final Path file;
    private final FileOutputStream out;
    private final int process;

    /** Goes on writing a file as the child of this number. */
    Ledger(Path file, int process) {
        this.process = process;
        this.file = file;
        try {
            this.out =
                    new FileOutputStream(file.toFile(), true); // a channel would close where its thread is interrupted
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a line of the ledger and returns it. */
    Entry append(
            Kind kind, Direction direction, String execution, String path, int attempt, String key, String detail) {
        return write(new Entry(0, kind, process, direction, execution, path, attempt, key, detail));
    }

    /** Writes a line of the start log. */
    void append(Kind kind, String execution, String detail) {
        var unused = append(kind, Direction.DO, execution, "-", 0, "-", detail);
    }

    private synchronized Entry write(Entry entry) {
        byte[] line = new byte[WIDTH];
        Arrays.fill(line, (byte) ' ');
        byte[] text = entry.text().getBytes(StandardCharsets.US_ASCII);
        if (text.length >= WIDTH) {
            throw new IllegalArgumentException("too long for a line: " + entry.text());
        }
        System.arraycopy(text, 0, line, 0, text.length);
        line[WIDTH - 1] = '\n';
        try {
            out.write(line);
            return Entry.parse(length(file) - 1, entry.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many lines a file has. */
    static long length(Path file) {
        return file.toFile().length() / WIDTH;
    }

    /** The lines of these kinds from a place on. */
    static List<Entry> read(Path file, long from, Kind... kinds) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long bytes = channel.size() - from * WIDTH;
            if (bytes % WIDTH != 0) {
                throw new IllegalStateException(file.getFileName() + " ends with a torn line");
            }
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(bytes));
            while (content.hasRemaining() && channel.read(content, from * WIDTH + content.position()) >= 0) {
                // until all is read
            }
            return parse(content.array(), from, kinds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Entry> parse(byte[] content, long from, Kind... kinds) {
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at < content.length; at += WIDTH) {
            if (isOneOf(kinds, content, at)) {
                String text = new String(content, at, WIDTH, StandardCharsets.US_ASCII);
                entries.add(Entry.parse(from + at / WIDTH, text.stripTrailing()));
            }
        }
        return entries;
    }

    /** Looks at the first word alone: a child reads a long ledger when it starts, and wants few of its lines. */
    private static boolean isOneOf(Kind[] kinds, byte[] content, int at) {
        for (Kind kind : kinds) {
            String word = kind.name();
            boolean same = content[at + word.length()] == ' ';
            for (int i = 0; same && i < word.length(); i++) {
                same = content[at + i] == word.charAt(i);
            }
            if (same) {
                return true;
            }
        }
        return kinds.length == 0;
    }
}
