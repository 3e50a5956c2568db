package io.durablesaga.dynamodb;

import io.durablesaga.claimcheck.ClaimCheck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which table holds the keys, and how. Everybody who uses a table must say the same of it, above all its key attributes. Its
 * attributes are named as the Powertools for AWS name theirs: {@code id}, {@code status}, {@code expiration} (seconds since 1970,
 * for the table's time to live), {@code in_progress_expiration} (milliseconds), {@code data}, {@code validation}; beside them
 * {@code owner}, {@code fence} and what begins with {@code undo_}. Immutable.
 */
public final class IdempotencyTable {
    private static final int MOST_KEY_BYTES = 1024;
    private static final int DEFAULT_RESULT_BYTES = 262_144;
    private static final int MOST_RESULT_BYTES = 350_000;

    private final String name;
    private final Keys keys;
    private final Settings settings;
    private final Results results;

    private record Keys(String partition, Optional<String> sort, String prefix) {}

    private record Settings(Duration retention, Duration tolerance, InstantSource clock, Supplier<String> ids) {}

    private record Results(int mostBytes, Optional<ResultSeal> seal, Optional<ClaimCheck> claimCheck, int checkAbove) {}

    private IdempotencyTable(String name, Keys keys, Settings settings, Results results) {
        this.name = name;
        this.keys = keys;
        this.settings = settings;
        this.results = results;
    }

    /** A table of its own, with the partition key {@code id} of type String, in the system's time. */
    public static IdempotencyTable named(String table) {
        return new IdempotencyTable(
                requireName("table", table),
                new Keys("id", Optional.empty(), ""),
                new Settings(Duration.ofDays(90), Duration.ofSeconds(10), Sources.systemClock(), Sources.randomIds()),
                new Results(DEFAULT_RESULT_BYTES, Optional.empty(), Optional.empty(), Integer.MAX_VALUE));
    }

    /** With another partition key. */
    public IdempotencyTable keyedBy(String partitionKey) {
        return with(new Keys(requireName("partitionKey", partitionKey), keys.sort(), keys.prefix()));
    }

    /**
     * A table that holds other items too. The partition key of a record is the prefix and the idempotency key, its sort key is the
     * prefix.
     *
     * @param prefix what no other item begins with, such as {@code effect#}
     */
    public IdempotencyTable shared(String partitionKey, String sortKey, String prefix) {
        return with(new Keys(
                requireName("partitionKey", partitionKey),
                Optional.of(requireName("sortKey", sortKey)),
                requireName("prefix", prefix)));
    }

    /**
     * How long completed, failed and released keys are kept at least; 90 days unless told otherwise. It must outlive the longest
     * execution, its redeliveries, and the time until its undo: a key that is gone is a new key. What is claimed and never ends is
     * kept for good, since nobody knows what came of it.
     */
    public IdempotencyTable retention(Duration newRetention) {
        if (newRetention.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("retention: " + newRetention
                    + "; at least an hour, and longer than any execution lasts with its undo");
        }
        return with(new Settings(newRetention, settings.tolerance(), settings.clock(), settings.ids()));
    }

    /**
     * By how much the clocks of those who use the table may differ, 10 s unless told otherwise: so much longer than its lease others
     * keep out of a claim.
     */
    public IdempotencyTable clockTolerance(Duration newTolerance) {
        if (newTolerance.isNegative()) {
            throw new IllegalArgumentException("clockTolerance: " + newTolerance + "; not negative");
        }
        return with(new Settings(settings.retention(), newTolerance, settings.clock(), settings.ids()));
    }

    /** In this time. */
    public IdempotencyTable clock(InstantSource clock) {
        return with(new Settings(
                settings.retention(), settings.tolerance(), Objects.requireNonNull(clock, "clock"), settings.ids()));
    }

    /** With these ids, each different, for what tells one claim from another. */
    public IdempotencyTable ids(Supplier<String> ids) {
        return with(new Settings(
                settings.retention(), settings.tolerance(), settings.clock(), Objects.requireNonNull(ids, "ids")));
    }

    /** How large a stored result may be, as UTF-8 in the item; 262,144 bytes unless told otherwise, and at most 350,000. */
    public IdempotencyTable maxResultBytes(int most) {
        if (most < 1 || most > MOST_RESULT_BYTES) {
            throw new IllegalArgumentException("maxResultBytes: " + most + "; 1 to " + MOST_RESULT_BYTES
                    + ", as a DynamoDB item has room for 400 KB with everything else in it");
        }
        return with(new Results(most, results.seal(), results.claimCheck(), results.checkAbove()));
    }

    /** Encrypts results and failures. What was stored before in clear still reads. */
    public IdempotencyTable sealedBy(ResultSeal seal) {
        return with(new Results(
                results.mostBytes(),
                Optional.of(Objects.requireNonNull(seal, "seal")),
                results.claimCheck(),
                results.checkAbove()));
    }

    /**
     * Keeps results elsewhere that are larger than this, sealed if there is a seal; the record holds a reference. What is kept there
     * must last as long as the table's records.
     */
    public IdempotencyTable largeResultsIn(ClaimCheck claimCheck, int aboveBytes) {
        if (aboveBytes < 0) {
            throw new IllegalArgumentException("aboveBytes: " + aboveBytes + "; not negative");
        }
        return with(new Results(
                results.mostBytes(),
                results.seal(),
                Optional.of(Objects.requireNonNull(claimCheck, "claimCheck")),
                aboveBytes));
    }

    /** What the table is called. */
    public String name() {
        return name;
    }

    /** The name of its partition key. */
    public String partitionKey() {
        return keys.partition();
    }

    /** The name of its sort key, if it has one. */
    public Optional<String> sortKey() {
        return keys.sort();
    }

    /**
     * The primary key of a record.
     *
     * @throws IllegalArgumentException if the idempotency key is too long for one
     */
    Map<String, AttributeValue> primaryKey(String key) {
        String partition = keys.prefix() + key;
        int bytes = partition.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "key: " + bytes + " bytes with its prefix, at most " + MOST_KEY_BYTES + "; use a hash of it");
        }
        AttributeValue value = AttributeValue.fromS(partition);
        return keys.sort()
                .map(sort -> Map.of(keys.partition(), value, sort, AttributeValue.fromS(keys.prefix())))
                .orElseGet(() -> Map.of(keys.partition(), value));
    }

    /** Until when a record is kept that is written now, in seconds since 1970. */
    long expiration() {
        return settings.clock().instant().plus(settings.retention()).getEpochSecond();
    }

    /** When somebody else's lease ends for whoever asks here, clocks being as different as they may. */
    Instant seen(Instant until) {
        return until.equals(Instant.MAX) ? until : until.plus(settings.tolerance());
    }

    Duration clockTolerance() {
        return settings.tolerance();
    }

    InstantSource clock() {
        return settings.clock();
    }

    Supplier<String> ids() {
        return settings.ids();
    }

    int maxResultBytes() {
        return results.mostBytes();
    }

    Optional<ResultSeal> seal() {
        return results.seal();
    }

    /** Where a text of this size is kept, or empty if that is the record. */
    Optional<ClaimCheck> claimCheckFor(int bytes) {
        return bytes > results.checkAbove() ? results.claimCheck() : Optional.empty();
    }

    Optional<ClaimCheck> claimCheck() {
        return results.claimCheck();
    }

    private IdempotencyTable with(Keys newKeys) {
        return new IdempotencyTable(name, newKeys, settings, results);
    }

    private IdempotencyTable with(Settings newSettings) {
        return new IdempotencyTable(name, keys, newSettings, results);
    }

    private IdempotencyTable with(Results newResults) {
        return new IdempotencyTable(name, keys, settings, newResults);
    }

    private static String requireName(String parameter, String value) {
        if (Objects.requireNonNull(value, parameter).isBlank()) {
            throw new IllegalArgumentException(parameter + " must not be blank");
        }
        return value;
    }
}
