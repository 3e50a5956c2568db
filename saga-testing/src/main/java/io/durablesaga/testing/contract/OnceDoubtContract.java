package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.durablesaga.StepRejected;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.EffectUnknown;
import io.durablesaga.idempotency.InProgressElsewhere;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Once} does where nobody knows whether there was an effect, over every idempotency store. */
public abstract class OnceDoubtContract extends ClaimContract {
    private static final EffectKey<String> KEY = EffectKey.of("k", "owner", String.class);
    private static final EffectKey<String> ANOTHERS = KEY.ownedBy("another");

    private final List<String> effects = new ArrayList<>();
    private Once once;

    /** For subclasses. */
    protected OnceDoubtContract() {}

    @BeforeEach
    void leaveTheEffectInDoubt() {
        once = Once.over(store).lease(LEASE).releasedBy(FileNotFoundException.class);
        effects.clear();
        granted("k", "owner"); // and then the process has died
    }

    private String run(EffectKey<String> key, OnUnknown<String> onUnknown, String result) throws Exception {
        return once.run(key, onUnknown, () -> {
            effects.add(result);
            return result;
        });
    }

    private String fail(OnUnknown<String> onUnknown, Exception failure) throws Exception {
        return once.run(KEY, onUnknown, () -> {
            throw failure;
        });
    }

    @Test
    void an_effect_that_may_be_had_again_is() throws Exception {
        assertThat(run(KEY, OnUnknown.again(), "again")).isEqualTo("again");
        assertThat(run(ANOTHERS, OnUnknown.stop(), "had")).isEqualTo("again");
        assertThat(effects).containsExactly("again");
    }

    @Test
    @SuppressWarnings("NullAway") // that is the mistake
    void a_look_up_that_gives_null_is_told_what_to_say_and_nothing_is_had() {
        assertThatNullPointerException()
                .isThrownBy(() -> run(KEY, OnUnknown.lookUp(() -> null), "had"))
                .withMessageContaining("key k: the look-up")
                .withMessageContaining("Optional.empty()");
        assertThat(effects).isEmpty();
    }

    @Test
    void an_effect_that_is_found_is_not_had_again_and_what_was_found_is_its_result() throws Exception {
        assertThat(run(KEY, OnUnknown.lookUp(() -> Optional.of("found")), "had"))
                .isEqualTo("found");
        assertThat(run(ANOTHERS, OnUnknown.again(), "had")).isEqualTo("found");
        assertThat(effects).isEmpty();
    }

    @Test
    void an_effect_that_is_not_found_is_had() throws Exception {
        assertThat(run(KEY, OnUnknown.lookUp(Optional::empty), "had")).isEqualTo("had");
        assertThat(effects).containsExactly("had");
    }

    @Test
    void nothing_is_looked_up_where_there_is_no_doubt() throws Exception {
        EffectKey<String> fresh = EffectKey.of("fresh", "fresh", String.class);
        OnUnknown<String> never = OnUnknown.lookUp(() -> {
            throw new AssertionError("looked up");
        });

        assertThat(run(fresh, never, "had")).isEqualTo("had");
        assertThat(run(fresh, never, "had")).isEqualTo("had");
    }

    @Test
    void an_effect_that_must_not_be_repeated_stops_now_and_whenever_it_is_asked_for() {
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(EffectUnknown.class)
                    .isThrownBy(() -> run(KEY, OnUnknown.stop(), "had"))
                    .withMessageContaining("key k");
        }
        pass(LEASE.plusMillis(1));
        assertThatExceptionOfType(EffectUnknown.class).isThrownBy(() -> run(ANOTHERS, OnUnknown.stop(), "had"));
        assertThat(effects).isEmpty();
    }

    @Test
    void a_refusal_says_nothing_of_the_first_time_and_the_key_stays_claimed() throws Exception {
        once = once.settledBy(IllegalStateException.class);
        for (Exception refusal : List.of(
                new StepRejected("no such card"),
                new FileNotFoundException("no such card"),
                new IllegalStateException("no such card"))) {
            assertThatExceptionOfType(EffectUnknown.class)
                    .isThrownBy(() -> fail(OnUnknown.again(), refusal))
                    .withCause(refusal);
        }
        assertThatExceptionOfType(InProgressElsewhere.class).isThrownBy(() -> run(ANOTHERS, OnUnknown.again(), "had"));
        assertThat(run(KEY, OnUnknown.again(), "again")).isEqualTo("again");
    }

    @Test
    void a_refusal_of_what_was_not_found_is_one_and_its_undo_looks_all_the_same() throws Exception {
        assertThatExceptionOfType(StepRejected.class)
                .isThrownBy(() -> fail(OnUnknown.lookUp(Optional::empty), new StepRejected("no such card")));

        assertThatExceptionOfType(InProgressElsewhere.class).isThrownBy(() -> run(ANOTHERS, OnUnknown.stop(), "had"));
        List<Optional<String>> looked = new ArrayList<>();
        assertThat(once.undo(KEY, "undo", effect -> looked.add(effect.result())))
                .isEqualTo(Once.Undone.NOW);
        assertThat(looked).containsExactly(Optional.empty());
    }

    @Test
    void a_failure_to_look_up_keeps_the_doubt() {
        OnUnknown<String> unreachable = OnUnknown.lookUp(() -> {
            throw new IOException("out of reach");
        });
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> run(KEY, unreachable, "had"));

        assertThatExceptionOfType(EffectUnknown.class).isThrownBy(() -> run(KEY, OnUnknown.stop(), "had"));
        assertThat(effects).isEmpty();
    }

    @Test
    void a_refusal_to_look_up_says_nothing_of_the_effect() {
        for (Exception refusal : List.of(new StepRejected("no access"), new FileNotFoundException("no access"))) {
            OnUnknown<String> refused = OnUnknown.lookUp(() -> {
                throw refusal;
            });
            assertThatExceptionOfType(EffectUnknown.class)
                    .isThrownBy(() -> run(KEY, refused, "had"))
                    .withCause(refusal);
        }
        assertThatExceptionOfType(EffectUnknown.class).isThrownBy(() -> run(KEY, OnUnknown.stop(), "had"));
        assertThat(effects).isEmpty();
    }

    @Test
    void a_store_that_fails_to_record_a_refusal_does_not_hide_it() {
        IllegalStateException outOfReach = new IllegalStateException("out of reach");
        Once unreachable = Once.over(new ForwardingStore(store) {
                    @Override
                    public boolean fail(Claim.Granted claim, String failure) {
                        throw outOfReach;
                    }

                    @Override
                    public boolean release(Claim.Granted claim) {
                        throw outOfReach;
                    }
                })
                .settledBy(FileNotFoundException.class);
        for (Exception refusal : List.of(new StepRejected("no such card"), new FileNotFoundException("no such card"))) {
            EffectKey<String> fresh = EffectKey.of(
                    "fresh " + refusal.getClass().getName(),
                    "fresh " + refusal.getClass().getName(),
                    String.class);
            assertThatExceptionOfType(refusal.getClass())
                    .isThrownBy(() -> unreachable.run(fresh, OnUnknown.again(), () -> {
                        throw refusal;
                    }))
                    .isSameAs(refusal)
                    .satisfies(thrown -> assertThat(thrown.getSuppressed()).containsExactly(outOfReach));
        }
    }

    @Test
    void a_store_that_fails_to_record_a_result_leaves_the_effect_in_doubt() throws Exception {
        EffectKey<String> fresh = EffectKey.of("fresh", "fresh", String.class);
        Once unreachable = Once.over(new ForwardingStore(store) {
                    @Override
                    public boolean complete(Claim.Granted claim, String result) {
                        throw new IllegalStateException("out of reach");
                    }
                })
                .releasedBy(IllegalStateException.class);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> unreachable.run(fresh, OnUnknown.again(), () -> "had"))
                .withMessage("out of reach");

        assertThat(run(fresh, OnUnknown.lookUp(() -> Optional.of("found")), "had"))
                .isEqualTo("found");
    }
}
