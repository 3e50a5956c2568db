package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.InProgressElsewhere;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How {@link Once} keeps its claims while it has an effect, over every idempotency store. */
public abstract class OnceHeartbeatContract extends ClaimContract {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final EffectKey<String> KEY = EffectKey.of("k", "owner", String.class);
    private static final EffectKey<String> NEXT = EffectKey.of("next", "next", String.class);

    private Beats beats;
    private Once once;

    /** For subclasses. */
    protected OnceHeartbeatContract() {}

    /** What the given one of all beats of a claim does; the first one is 1. */
    @FunctionalInterface
    private interface Beat {
        boolean beat(int number, Claim.Granted claim, Duration lease);
    }

    /** Sees leases being extended. */
    private static final class Beats extends ForwardingStore {
        private final Map<String, AtomicInteger> begun = new ConcurrentHashMap<>();
        private final Map<String, Semaphore> ended = new ConcurrentHashMap<>();

        private final Beat beat;

        Beats(IdempotencyStore store, Beat beat) {
            super(store);
            this.beat = beat;
        }

        @Override
        public boolean extend(Claim.Granted claim, Duration lease) {
            try {
                return beat.beat(begun(claim.key()).incrementAndGet(), claim, lease);
            } finally {
                ended(claim.key()).release();
            }
        }

        /** Waits for as many more of them. */
        String await(EffectKey<?> key, int more) throws InterruptedException {
            assertThat(ended(key.text()).tryAcquire(more, 1, TimeUnit.MINUTES))
                    .as("extended")
                    .isTrue();
            return "extended";
        }

        int count(EffectKey<?> key) {
            return begun(key.text()).get();
        }

        private AtomicInteger begun(String key) {
            return begun.computeIfAbsent(key, k -> new AtomicInteger());
        }

        private Semaphore ended(String key) {
            return ended.computeIfAbsent(key, k -> new Semaphore(0));
        }
    }

    @BeforeEach
    void watch() {
        watch((number, claim, lease) -> store.extend(claim, lease));
    }

    private void watch(Beat beat) {
        beats = new Beats(store, beat);
        once = Once.over(beats).lease(SECOND);
    }

    /** Has time pass in which whatever beats beats again: the beats of all claims take turns. */
    private void haveAnotherEffect() throws Exception {
        assertThat(once.run(NEXT, OnUnknown.again(), () -> beats.await(NEXT, 3)))
                .isEqualTo("extended");
    }

    @Test
    void what_takes_long_to_be_recorded_keeps_its_claim_meanwhile() throws Exception {
        Once slow = Once.over(new ForwardingStore(beats) {
                    @Override
                    public boolean complete(Claim.Granted claim, String result) {
                        try {
                            pass(SECOND.minusMillis(1));
                            beats.await(KEY, 2); // the second one began after that
                            pass(SECOND.minusMillis(1));
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                        assertThatExceptionOfType(InProgressElsewhere.class)
                                .isThrownBy(
                                        () -> once.run(KEY.ownedBy("another"), OnUnknown.again(), () -> "in between"));
                        return super.complete(claim, result);
                    }
                })
                .lease(SECOND);

        assertThat(slow.run(KEY, OnUnknown.stop(), () -> "had")).isEqualTo("had");
    }

    @Test
    void an_effect_may_take_longer_than_its_lease() throws Exception {
        assertThat(once.run(KEY, OnUnknown.stop(), () -> {
                    for (int i = 0; i < 3; i++) {
                        pass(SECOND.minusMillis(1));
                        beats.await(KEY, 2); // the second one began after that
                    }
                    assertThatExceptionOfType(InProgressElsewhere.class)
                            .isThrownBy(() -> once.run(KEY.ownedBy("another"), OnUnknown.again(), () -> "in between"));
                    return "had";
                }))
                .isEqualTo("had");
    }

    @Test
    void looking_up_and_undoing_may_take_longer_than_their_lease() throws Exception {
        granted("k", "owner");
        assertThat(once.run(KEY, OnUnknown.lookUp(() -> Optional.of(beats.await(KEY, 1))), () -> "had"))
                .isEqualTo("extended");
        assertThat(once.undo(KEY, "undoer", effect -> beats.await(KEY, 2))).isEqualTo(Once.Undone.NOW);
    }

    @Test
    void a_claim_is_extended_by_its_own_lease_on_a_thread_that_keeps_no_process_alive() throws Exception {
        watch((number, claim, lease) -> {
            assertThat(lease).isEqualTo(SECOND);
            assertThat(claim.owner()).isEqualTo("owner");
            assertThat(Thread.currentThread().isDaemon()).isTrue();
            return store.extend(claim, lease);
        });
        assertThat(once.run(KEY, OnUnknown.again(), () -> {
                    beats.await(KEY, 1);
                    pass(SECOND.minusMillis(1));
                    beats.await(KEY, 2);
                    pass(SECOND.minusMillis(1));
                    assertThat(claim("k", "another")).isInstanceOf(Claim.InProgress.class);
                    return "had";
                }))
                .isEqualTo("had");
    }

    @Test
    void a_beat_that_fails_is_made_up_for_by_the_next() throws Exception {
        watch((number, claim, lease) -> {
            if (number == 1) {
                throw new IllegalStateException("out of reach");
            }
            if (number == 2) {
                throw new NoClassDefFoundError("out of order");
            }
            return store.extend(claim, lease);
        });

        assertThat(once.run(KEY, OnUnknown.again(), () -> beats.await(KEY, 4))).isEqualTo("extended");
    }

    @Test
    void a_beat_that_finds_its_claim_lost_is_the_last() throws Exception {
        watch((number, claim, lease) -> {
            return store.extend(claim, lease) && !claim.key().equals("k");
        });

        assertThat(once.run(KEY, OnUnknown.again(), () -> {
                    beats.await(KEY, 1);
                    haveAnotherEffect();
                    return "had";
                }))
                .isEqualTo("had");
        assertThat(beats.count(KEY)).isEqualTo(1);
    }

    @Test
    void nothing_beats_any_more_once_the_effect_has_been_had() throws Exception {
        assertThat(once.run(KEY, OnUnknown.again(), () -> beats.await(KEY, 1))).isEqualTo("extended");
        int then = beats.count(KEY);
        haveAnotherEffect();

        assertThat(beats.count(KEY)).as("one may have been under way").isBetween(then, then + 1);
    }

    @Test
    void nothing_beats_any_more_once_the_effect_has_failed() throws Exception {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.again(), () -> {
                    throw new IOException(beats.await(KEY, 1));
                }));
        int then = beats.count(KEY);
        haveAnotherEffect();

        assertThat(beats.count(KEY)).as("one may have been under way").isBetween(then, then + 1);
    }

    @Test
    void an_effect_that_takes_no_time_costs_no_beat() throws Exception {
        assertThat(once.run(KEY, OnUnknown.again(), () -> "had")).isEqualTo("had");
        haveAnotherEffect();

        assertThat(beats.count(KEY)).isZero();
    }
}
