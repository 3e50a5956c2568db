package io.durablesaga.client.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The executions by name: a name is in use in the whole account until its execution is forgotten. A million of them fit into a
 * few hundred megabytes if payloads are not kept. Thread-safe.
 */
final class StoredExecutions {
    /** From here on a search finds exact names only: looking at all of them would take too long. */
    private static final int SEARCHED = 10_000;

    private final Map<String, Stored> byName = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private volatile boolean payloadsKept = true;

    /** Of a payload the first half of its SHA-256 stays, so that no payload has to. */
    private record Stored(
            String version,
            long digestHigh,
            long digestLow,
            long sequence,
            int starts,
            int requests,
            boolean forgotten,
            @Nullable String payload,
            Started.End end) {
        Stored askedAgain() {
            return new Stored(version, digestHigh, digestLow, sequence, starts, requests + 1, forgotten, payload, end);
        }

        Stored ended(Started.End how) {
            return new Stored(version, digestHigh, digestLow, sequence, starts, requests, forgotten, payload, how);
        }

        Stored gone() {
            return new Stored(version, digestHigh, digestLow, sequence, starts, requests, true, null, end);
        }

        boolean sameAs(Stored other) {
            return version.equals(other.version) && digestHigh == other.digestHigh && digestLow == other.digestLow;
        }
    }

    void keepPayloads(boolean kept) {
        payloadsKept = kept;
    }

    /** What came of a request to start. */
    record Start(Started execution, boolean isNew, boolean conflict) {}

    /** Starts an execution, or finds the one with the same payload and version; any other is a conflict. */
    Start start(String version, String name, byte[] payload) {
        ByteBuffer digest = ByteBuffer.wrap(sha256(payload));
        Stored asked = new Stored(
                version,
                digest.getLong(),
                digest.getLong(),
                0,
                1,
                1,
                false,
                payloadsKept ? new String(payload, StandardCharsets.UTF_8) : null,
                Started.End.RUNNING);
        boolean[] started = new boolean[1];
        Stored stored = Objects.requireNonNull(byName.compute(name, (any, existing) -> {
            if (existing != null && !existing.forgotten) {
                return existing.sameAs(asked) ? existing.askedAgain() : existing;
            }
            started[0] = true;
            return begun(asked, existing);
        }));
        return new Start(view(name, stored), started[0], !stored.sameAs(asked));
    }

    private Stored begun(Stored asked, @Nullable Stored earlier) {
        return new Stored(
                asked.version,
                asked.digestHigh,
                asked.digestLow,
                sequence.incrementAndGet(),
                earlier == null ? 1 : earlier.starts + 1,
                earlier == null ? 1 : earlier.requests + 1,
                false,
                asked.payload,
                Started.End.RUNNING);
    }

    private static byte[] sha256(byte[] payload) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(payload);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void end(String name, Started.End how) {
        replace(name, stored -> stored.ended(how));
    }

    void forget(String name) {
        replace(name, Stored::gone);
    }

    private void replace(String name, UnaryOperator<Stored> with) {
        if (byName.computeIfPresent(name, (any, stored) -> with.apply(stored)) == null) {
            throw new IllegalArgumentException("no execution '" + name + "' was started");
        }
    }

    /** The newest of this name, forgotten or not. */
    @Nullable
    Started started(String name) {
        Stored stored = byName.get(name);
        return stored == null ? null : view(name, stored);
    }

    /** The one with this ARN, unless it is forgotten. */
    @Nullable
    Started withArn(String arn) {
        String[] parts = arn.split("/", -1);
        Stored stored = parts.length == 4 ? byName.get(parts[2]) : null;
        if (stored == null || stored.forgotten) {
            return null;
        }
        Started started = view(parts[2], stored);
        return started.arn().equals(arn) ? started : null;
    }

    /** Those whose name contains this and that are not forgotten, in the order in which they were started. */
    List<Started> containing(String name, Predicate<Started> wanted) {
        Stream<String> names = byName.size() > SEARCHED
                ? Stream.of(name)
                : byName.keySet().stream().filter(key -> key.contains(name));
        return names.flatMap(key -> {
                    Stored stored = byName.get(key);
                    return stored == null || stored.forgotten ? Stream.<Started>empty() : Stream.of(view(key, stored));
                })
                .filter(wanted)
                .sorted(Comparator.comparingLong(Started::sequence))
                .toList();
    }

    Stream<Started> all() {
        return byName.entrySet().stream().map(entry -> view(entry.getKey(), entry.getValue()));
    }

    /** The function's ARN and version are one string for all of its executions, so that a million share it. */
    private static Started view(String name, Stored stored) {
        return new Started(
                name,
                stored.version + "/durable-execution/" + name + "/" + Long.toHexString(stored.sequence),
                stored.sequence,
                stored.starts,
                stored.requests,
                stored.payload,
                stored.end);
    }
}
