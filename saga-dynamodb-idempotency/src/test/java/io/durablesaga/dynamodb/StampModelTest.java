package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Effect;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Actions and undos in any order, with answers lost and clocks that lag, for as long as stamps are kept,
 * less what the clocks differ; then pauses of any length,
 * and the same with other keys. A seed that fails is the name of its test; repeat it with {@code -Dsaga.seed}.
 */
@ExtendWith(LocalDynamoDb.Extension.class)
final class StampModelTest {
    private static final Duration KEEP = Duration.ofDays(1);
    private static final int ROUNDS = 12;
    private static final int STEPS = 25;
    private static final int KEYS = 4;

    private final Accounts accounts;
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.EPOCH);
    private int kept;

    StampModelTest(LocalDynamoDb dynamoDb) {
        accounts = new Accounts(dynamoDb);
    }

    static IntStream seeds() {
        Integer seed = Integer.getInteger("saga.seed");
        return seed == null ? IntStream.range(0, 8) : IntStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void each_key_has_one_effect_or_none_whatever_is_repeated_lost_or_late(int seed) {
        Random random = new Random(seed);
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        for (int round = 0; round < ROUNDS; round++) {
            time = round(random, "round " + round + " key ", time);
            time = time.plus(KEEP.multipliedBy(random.nextInt(5)));
        }
    }

    private Instant round(Random random, String key, Instant start) {
        Instant time = start;
        for (int i = 0; i < STEPS; i++) {
            time = time.plus(KEEP.dividedBy(2 * STEPS));
            clock.set(random.nextInt(4) == 0 ? time.minus(Duration.ofHours(random.nextInt(12))) : time);
            step(random, key + random.nextInt(KEYS));
        }
        for (int i = 0; i < KEYS; i++) {
            end(key + i);
        }
        return time;
    }

    /** Something that may be lost on its way back. */
    private void step(Random random, String key) {
        WatchedWire wire = new WatchedWire(Wire.of(accounts.client));
        if (random.nextInt(3) == 0) {
            wire.losing(1 + random.nextInt(2));
        }
        Stamps stamps = new Stamps(new StampedUpdates(wire, new StampSettings("stamps", KEEP, 20, clock::get)));
        try {
            if (random.nextInt(4) == 0) {
                stamps.undo(accounts.add("a", -1), unknown(key));
            } else {
                stamps.apply(accounts.add("a", 1), key);
            }
        } catch (EffectRefused e) {
            assertThat(e.refusal()).isEqualTo(new Refusal.Undone());
        } catch (StoreException.Unanswered e) {
            assertThat(e.mayBeWritten()).isTrue();
        }
    }

    /** Asks what became of a key: one effect, and one more in the account, or none. */
    private void end(String key) {
        Stamps stamps = new Stamps(
                new StampedUpdates(Wire.of(accounts.client), new StampSettings("stamps", KEEP, 20, clock::get)));
        Object outcome = Refusals.outcome(() -> stamps.apply(accounts.add("a", 1), key));
        kept += outcome instanceof Refusal.Undone ? 0 : 1;
        assertThat(accounts.balance("a")).as(key).isBetween(kept, kept + KEYS);
        if (key.endsWith(Integer.toString(KEYS - 1))) {
            assertThat(accounts.balance("a")).as(key).isEqualTo(kept);
        }
    }

    private static Effect<String> unknown(String key) {
        return new Effect<>(key, Optional.empty());
    }
}
