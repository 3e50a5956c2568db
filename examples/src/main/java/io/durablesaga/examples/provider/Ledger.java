package io.durablesaga.examples.provider;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.SYNC;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has done: an append-only file with one entry per idempotency key. A repeated key is answered with its first
 * entry and adds none. An entry is on the disk before it is answered, so it survives the process. For tests there is one
 * without a file. Thread-safe.
 */
public final class Ledger {
    private final @Nullable Path file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Ledger(@Nullable Path file) {
        this.file = file;
    }

    /**
     * What is done, or refused, under one key.
     *
     * @param what in a word
     * @param subject to what: an item, a card, an address
     * @param amount by how much the balance changes, in pieces or cents
     */
    public record Posting(String what, String subject, long amount) {
        /** One line of text must hold it. */
        public Posting {
            if ((what + subject).matches("(?s).*[\t\n\r].*")) {
                throw new IllegalArgumentException("a tab or line break in '" + what + "', '" + subject + "'");
            }
        }
    }

    /**
     * A posting in the file.
     *
     * @param number its line, from 1
     * @param key what it was asked for under
     * @param posting what it says
     */
    public record Entry(int number, String key, Posting posting) {
        /** Whether this is what was done. */
        public boolean is(String what) {
            return posting.what().equals(what);
        }
    }

    /** Reads a ledger, or begins one. */
    public static Ledger open(Path file) {
        Ledger ledger = new Ledger(file);
        if (Files.exists(file)) {
            ledger.read(file);
        }
        return ledger;
    }

    /** An empty ledger that is gone with the process. */
    public static Ledger inMemory() {
        return new Ledger(null);
    }

    /** The first entry under this key: the one there is, or else the given one, once it is written. */
    public synchronized Entry once(String key, Supplier<Posting> posting) {
        Entry first = entries.get(key);
        if (first == null) {
            first = new Entry(entries.size() + 1, key, posting.get());
            if (file != null) {
                append(file, first);
            }
            entries.put(key, first);
        }
        return first;
    }

    /** The entry under this key. */
    public synchronized Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** All entries, in order. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** The sum of all postings. */
    public synchronized long balance() {
        return entries.values().stream()
                .mapToLong(entry -> entry.posting().amount())
                .sum();
    }

    /** The sum of all postings to a subject. */
    public synchronized long balance(String subject) {
        return entries.values().stream()
                .map(Entry::posting)
                .filter(posting -> posting.subject().equals(subject))
                .mapToLong(Posting::amount)
                .sum();
    }

    private static void append(Path file, Entry entry) {
        Posting posting = entry.posting();
        String line = String.join("\t", entry.key(), posting.what(), posting.subject(), "" + posting.amount());
        try {
            Files.writeString(file, line + "\n", CREATE, APPEND, SYNC);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path file) {
        try {
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.split("\t", -1);
                Posting posting = new Posting(fields[1], fields[2], Long.parseLong(fields[3]));
                entries.put(fields[0], new Entry(entries.size() + 1, fields[0], posting));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
