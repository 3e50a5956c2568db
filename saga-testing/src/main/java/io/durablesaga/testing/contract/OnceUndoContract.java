package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.durablesaga.Effect;
import io.durablesaga.StepRejected;
import io.durablesaga.idempotency.AnothersEffect;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.ClaimLost;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.InProgressElsewhere;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import io.durablesaga.idempotency.Once.Undone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Once} does to undo an effect, over every idempotency store. */
public abstract class OnceUndoContract extends ClaimContract {
    private static final EffectKey<String> KEY = EffectKey.of("k", "owner", String.class);

    private final List<Effect<String>> undone = new ArrayList<>();
    private Once once;

    /** For subclasses. */
    protected OnceUndoContract() {}

    @BeforeEach
    void beginWithNothingUndone() {
        once = Once.over(store).lease(LEASE).settledBy(IOException.class);
        undone.clear();
    }

    private String run(String result) throws Exception {
        return once.run(KEY, OnUnknown.again(), () -> result);
    }

    private Undone undo(String undoer) throws Exception {
        return once.undo(KEY, undoer, undone::add);
    }

    private void assertKeptOut() {
        for (EffectKey<String> key : List.of(KEY, KEY.ownedBy("another"), KEY.forPayload(5))) {
            assertThatExceptionOfType(StepRejected.class)
                    .isThrownBy(() -> once.run(key, OnUnknown.again(), () -> "had"))
                    .withMessageContaining("key k");
        }
    }

    @Test
    void an_effect_is_undone_once_with_its_result_and_never_had_again() throws Exception {
        for (String result : TEXTS) {
            EffectKey<String> key = EffectKey.of("k" + result.length(), "k" + result.length(), String.class);
            String had = once.run(key, OnUnknown.again(), () -> result);
            undone.clear();

            assertThat(once.undo(key, "undoer", undone::add)).isEqualTo(Undone.NOW);
            assertThat(once.undo(key, "undoer", undone::add)).isEqualTo(Undone.BEFORE);
            assertThat(once.undo(key, "another", undone::add)).isEqualTo(Undone.BEFORE);
            assertThat(undone).containsExactly(new Effect<>(key.text(), Optional.of(had)));
            assertThatExceptionOfType(StepRejected.class)
                    .isThrownBy(() -> once.run(key, OnUnknown.again(), () -> "had"));
        }
    }

    @Test
    void an_undo_is_told_no_result_where_there_is_none() throws Exception {
        EffectKey<@Nullable String> key = new EffectKey<>("k", "owner", String.class, Optional.empty());
        assertThat(once.<@Nullable String>run(key, OnUnknown.<@Nullable String>again(), () -> null))
                .isNull();

        assertThat(undo("undoer")).isEqualTo(Undone.NOW);
        assertThat(undone).containsExactly(new Effect<>("k", Optional.empty()));
    }

    @Test
    void an_effect_that_may_have_happened_is_undone_without_its_result() throws Exception {
        granted("k", "owner");

        assertThat(undo("undoer")).isEqualTo(Undone.NOW);
        assertThat(undone).containsExactly(new Effect<>("k", Optional.empty()));
        assertKeptOut();
    }

    @Test
    void an_effect_that_never_began_is_nothing_to_undo_and_kept_out() throws Exception {
        assertThat(undo("undoer")).isEqualTo(Undone.NOTHING);
        assertKeptOut();
        assertThat(undo("undoer")).isEqualTo(Undone.BEFORE);
        assertThat(undone).isEmpty();
    }

    @Test
    void an_effect_that_surely_did_not_happen_is_nothing_to_undo_and_kept_out() throws Exception {
        assertThatExceptionOfType(StepRejected.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.again(), () -> {
                    throw new StepRejected("out of stock");
                }));

        assertThat(undo("undoer")).isEqualTo(Undone.NOTHING);
        assertKeptOut();
        assertThat(undone).isEmpty();
    }

    @Test
    void an_effect_that_failed_for_good_is_nothing_to_undo_and_kept_out() throws Exception {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.again(), () -> {
                    throw new IOException("no such card");
                }));

        assertThat(undo("undoer")).isEqualTo(Undone.NOTHING);
        assertKeptOut();
        assertThat(undone).isEmpty();
    }

    @Test
    void an_undo_that_fails_may_be_repeated_and_the_effect_stays_out() throws Exception {
        String had = run("had");
        // whatever an undo throws says nothing of what it has undone
        for (Exception failure : List.of(new IOException("out of order"), new StepRejected("out of order"))) {
            assertThatExceptionOfType(failure.getClass())
                    .isThrownBy(() -> once.undo(KEY, "undoer", effect -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertKeptOut();
        }

        assertThat(undo("undoer")).isEqualTo(Undone.NOW);
        assertThat(undo("undoer")).isEqualTo(Undone.BEFORE);
        assertThat(undone).containsExactly(new Effect<>("k", Optional.of(had)));
    }

    @Test
    void another_undoer_waits_until_the_lease_has_ended() throws Exception {
        String had = run("had");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> once.undo(KEY, "undoer", effect -> {
                    throw new IOException("out of order");
                }));
        assertThatExceptionOfType(InProgressElsewhere.class)
                .isThrownBy(() -> undo("another"))
                .satisfies(elsewhere -> {
                    assertThat(elsewhere.owner()).isEqualTo("undoer");
                    assertThat(elsewhere.until()).isEqualTo(in(LEASE));
                });
        assertThat(undone).isEmpty();
        pass(LEASE.plusMillis(1));

        assertThat(undo("another")).isEqualTo(Undone.NOW);
        assertThat(undone).containsExactly(new Effect<>("k", Optional.of(had)));
        assertThat(undo("undoer")).isEqualTo(Undone.BEFORE);
    }

    @Test
    void an_undoer_that_has_lost_the_claim_is_told_so() throws Exception {
        String had = run("had");
        assertThatExceptionOfType(ClaimLost.class)
                .isThrownBy(() -> once.undo(KEY, "undoer", effect -> {
                    pass(LEASE.plusMillis(1));
                    assertThat(undo("another")).isEqualTo(Undone.NOW);
                }));

        assertThat(undone).containsExactly(new Effect<>("k", Optional.of(had)));
        assertThat(undo("undoer")).isEqualTo(Undone.BEFORE);
    }

    @Test
    void an_undoer_that_found_nothing_has_lost_nothing_with_its_claim() throws Exception {
        Once overtaken = Once.over(new ForwardingStore(store) {
            @Override
            public boolean complete(Claim.Granted claim, String result) {
                return false;
            }
        });

        assertThat(overtaken.undo(KEY, "undoer", undone::add)).isEqualTo(Undone.NOTHING);
        assertKeptOut();
        assertThat(undone).isEmpty();
    }

    @Test
    void an_effect_that_is_undone_while_it_is_being_had_has_lost_its_claim() throws Exception {
        assertThatExceptionOfType(ClaimLost.class)
                .isThrownBy(() -> once.run(KEY, OnUnknown.again(), () -> {
                    assertThat(undo("undoer")).isEqualTo(Undone.NOW);
                    return "late";
                }));

        assertThat(undone).containsExactly(new Effect<>("k", Optional.empty()));
        assertKeptOut();
        assertThat(undo("undoer")).isEqualTo(Undone.BEFORE);
    }

    @Test
    void the_effect_of_another_owner_is_not_undone() throws Exception {
        String had = run("had");

        assertThatExceptionOfType(AnothersEffect.class)
                .isThrownBy(() -> once.undo(KEY.ownedBy("another"), "undoer", undone::add))
                .withMessageContaining("key k")
                .withMessageContaining("owner")
                .withMessageContaining("another")
                .satisfies(anothers -> assertThat(anothers.owner()).isEqualTo("owner"));
        assertThat(undone).isEmpty();
        assertThat(run("again")).isEqualTo(had);
    }
}
