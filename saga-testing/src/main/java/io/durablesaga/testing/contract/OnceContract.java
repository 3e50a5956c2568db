package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.StepRejected;
import io.durablesaga.idempotency.ClaimLost;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.InProgressElsewhere;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import io.durablesaga.idempotency.OtherPayload;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Once} does with an effect, over every idempotency store. */
public abstract class OnceContract extends ClaimContract {
    private static final EffectKey<String> KEY = EffectKey.of("k", "owner", String.class);
    private static final EffectKey<String> ANOTHERS = KEY.ownedBy("another");

    private final List<String> effects = new ArrayList<>();
    private Once once;

    /** For subclasses. */
    protected OnceContract() {}

    @BeforeEach
    void beginWithoutEffects() {
        once = Once.over(store).lease(LEASE);
        effects.clear();
    }

    private String effect(String result) {
        effects.add(result);
        return result;
    }

    private String run(EffectKey<String> key, String result) throws Exception {
        return once.run(key, OnUnknown.again(), () -> effect(result));
    }

    /** Leaves the effect of {@link #KEY} in doubt. */
    private void doubt() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.again(), () -> {
                    effects.add("doubtful");
                    throw new IOException("no answer");
                }));
    }

    @Test
    void an_effect_is_had_once_and_whoever_asks_again_is_told_its_result() throws Exception {
        assertThat(run(KEY, "first")).isEqualTo("first");
        assertThat(run(KEY, "second")).isEqualTo("first");
        assertThat(run(ANOTHERS, "third")).isEqualTo("first");
        pass(LEASE.multipliedBy(9));
        assertThat(run(ANOTHERS, "fourth")).isEqualTo("first");

        assertThat(effects).containsExactly("first");
    }

    @Test
    void a_result_is_handed_on_as_it_reads_back_from_its_record_the_first_time_too() throws Exception {
        EffectKey<Number> key = EffectKey.of("k", "k", Number.class);

        assertThat(once.run(key, OnUnknown.again(), () -> 5L)).isEqualTo(5);
        assertThat(once.run(key, OnUnknown.again(), () -> 6L)).isEqualTo(5);
    }

    @Test
    void every_result_is_handed_on_as_it_was() throws Exception {
        for (String result : TEXTS) {
            EffectKey<String> key = EffectKey.of("k" + result.length(), "k" + result.length(), String.class);
            assertThat(once.run(key, OnUnknown.again(), () -> result)).isEqualTo(result);
            assertThat(once.run(key, OnUnknown.again(), () -> "another")).isEqualTo(result);
        }
    }

    @Test
    void an_effect_that_yields_nothing_is_had_once_too() throws Exception {
        EffectKey<@Nullable String> key = new EffectKey<>("k", "owner", String.class, Optional.empty());
        for (int i = 0; i < 2; i++) {
            assertThat(once.<@Nullable String>run(key, OnUnknown.<@Nullable String>again(), () -> {
                        effects.add("had");
                        return null;
                    }))
                    .isNull();
        }
        assertThat(effects).containsExactly("had");
    }

    @Test
    void a_rejection_gives_the_key_back() throws Exception {
        assertThatExceptionOfType(StepRejected.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.stop(), () -> {
                    throw new StepRejected("out of stock");
                }))
                .withMessage("out of stock");

        assertThat(once.run(ANOTHERS, OnUnknown.stop(), () -> effect("had"))).isEqualTo("had");
    }

    @Test
    void a_failure_that_says_so_gives_the_key_back() throws Exception {
        once = once.releasedBy(NoSuchFileException.class).releasedBy(FileNotFoundException.class);
        assertThatExceptionOfType(FileNotFoundException.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.stop(), () -> {
                    throw new FileNotFoundException("out of stock");
                }));
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.stop(), () -> {
                    throw new NoSuchFileException("out of stock");
                }));
        assertThatExceptionOfType(StepRejected.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.stop(), () -> {
                    throw new StepRejected("out of stock");
                }));

        assertThat(once.run(ANOTHERS, OnUnknown.stop(), () -> effect("had"))).isEqualTo("had");
    }

    @Test
    void a_failure_that_says_so_is_for_good_and_whoever_asks_again_is_rejected() {
        // what is both is for good, and so is every kind of what is named
        once = once.releasedBy(FileNotFoundException.class).settledBy(IOException.class);
        assertThatExceptionOfType(FileNotFoundException.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.again(), () -> {
                    throw new FileNotFoundException("no such card");
                }));

        for (EffectKey<String> key : List.of(KEY, ANOTHERS)) {
            assertThatExceptionOfType(StepRejected.class)
                    .isThrownBy(() -> run(key, "had"))
                    .withMessageContaining("key k")
                    .withMessageContaining("FileNotFoundException: no such card");
        }
        assertThat(effects).isEmpty();
    }

    @Test
    void any_other_failure_keeps_the_key_from_others() {
        doubt();

        assertThatExceptionOfType(InProgressElsewhere.class)
                .isThrownBy(() -> run(ANOTHERS, "had"))
                .satisfies(elsewhere -> {
                    assertThat(elsewhere.key()).isEqualTo("k");
                    assertThat(elsewhere.owner()).isEqualTo("owner");
                    assertThat(elsewhere.until()).isEqualTo(in(LEASE));
                });
        assertThat(effects).containsExactly("doubtful");
    }

    @Test
    void an_error_keeps_the_key_from_others_too() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.again(), () -> {
                    throw new AssertionError("out of order");
                }));

        assertThatExceptionOfType(InProgressElsewhere.class).isThrownBy(() -> run(ANOTHERS, "had"));
    }

    @Test
    void another_owner_takes_over_once_the_lease_has_ended() throws Exception {
        doubt();
        pass(LEASE.plusMillis(1));

        assertThat(run(ANOTHERS, "again")).isEqualTo("again");
        assertThat(run(KEY, "late")).isEqualTo("again");
        assertThat(effects).containsExactly("doubtful", "again");
    }

    @Test
    void an_owner_that_is_gone_is_not_waited_for() throws Exception {
        doubt();
        List<String> asked = new ArrayList<>();
        Once waiting = once.takingOverWhere(owner -> !asked.add(owner));
        assertThatExceptionOfType(InProgressElsewhere.class)
                .isThrownBy(() -> waiting.run(ANOTHERS, OnUnknown.again(), () -> effect("had")));
        assertThat(asked).containsExactly("owner");

        once = once.takingOverWhere("owner"::equals);
        assertThat(run(ANOTHERS, "again")).isEqualTo("again");
        assertThat(waiting.run(KEY.ownedBy("third"), OnUnknown.again(), () -> effect("had")))
                .isEqualTo("again");
        assertThat(asked).containsExactly("owner");
        assertThat(effects).containsExactly("doubtful", "again");
    }

    @Test
    void another_payload_is_refused_and_the_same_is_told_the_result() throws Exception {
        assertThat(run(KEY.forPayload(List.of("card", 5)), "charged")).isEqualTo("charged");

        assertThatExceptionOfType(OtherPayload.class)
                .isThrownBy(() -> run(KEY.forPayload(List.of("card", 6)), "had"))
                .withMessageContaining("key k");
        assertThatExceptionOfType(OtherPayload.class).isThrownBy(() -> run(KEY, "had"));
        assertThat(run(ANOTHERS.forPayload(List.of("card", 5)), "had")).isEqualTo("charged");
        assertThat(effects).containsExactly("charged");
    }

    @Test
    void who_has_lost_the_claim_is_told_so_and_the_result_of_who_took_over_stands() throws Exception {
        assertThatExceptionOfType(ClaimLost.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.again(), () -> {
                    pass(LEASE.plusMillis(1));
                    run(ANOTHERS, "theirs");
                    return effect("ours");
                }))
                .withMessageContaining("key k")
                .withMessageContaining("owner");

        assertThat(run(KEY, "had")).isEqualTo("theirs");
        assertThat(effects).containsExactly("theirs", "ours");
    }

    @Test
    void who_has_lost_the_claim_and_fails_leaves_it_to_who_took_over() throws Exception {
        assertThatExceptionOfType(StepRejected.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.again(), () -> {
                    pass(LEASE.plusMillis(1));
                    run(ANOTHERS, "theirs");
                    throw new StepRejected("out of stock");
                }));

        assertThat(run(KEY, "had")).isEqualTo("theirs");
    }

    @Test
    void a_result_that_cannot_be_recorded_leaves_the_effect_in_doubt() throws Exception {
        EffectKey<Object> key = EffectKey.of("k", "k", Object.class);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> once.releasedBy(Exception.class).run(key, OnUnknown.again(), Object::new))
                .withMessageContaining("key k: the effect has happened")
                .withCauseInstanceOf(JsonProcessingException.class);

        assertThat(once.run(key, OnUnknown.lookUp(() -> Optional.of("found")), () -> effect("had")))
                .isEqualTo("found");
        assertThat(effects).isEmpty();
    }

    @Test
    void a_result_that_does_not_read_as_what_is_asked_for_is_told_and_nothing_is_had() throws Exception {
        assertThat(run(KEY, "a text")).isEqualTo("a text");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> once.run(EffectKey.of("k", "k", Integer.class), OnUnknown.again(), () -> 5))
                .withMessageContaining("key k: the effect has happened")
                .withMessageContaining("Integer")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("a text"));
    }

    @Test
    void a_lease_too_short_to_be_extended_in_time_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> once.lease(Duration.ofMillis(999)))
                .withMessageContaining("lease: PT0.999S");
    }
}
