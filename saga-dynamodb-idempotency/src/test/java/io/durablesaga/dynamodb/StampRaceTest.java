package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Effect;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalDynamoDb.Extension.class)
final class StampRaceTest {
    private static final int THREADS = 16;
    private static final Effect<String> ACTION = new Effect<>("k", Optional.empty());

    private final Accounts accounts;
    private final Stamps stamps;

    StampRaceTest(LocalDynamoDb dynamoDb) {
        accounts = new Accounts(dynamoDb);
        stamps = Stamps.over(accounts.client);
    }

    @BeforeEach
    void open() {
        accounts.open("a", 0);
    }

    @Test
    void one_of_many_with_the_same_key_has_the_effect() throws Exception {
        List<Stamped> outcomes = AtOnce.run(IntStream.range(0, THREADS)
                .mapToObj(i -> (Callable<Stamped>) () -> stamps.apply(accounts.add("a", 1), "k"))
                .toList());
        assertThat(outcomes).filteredOn(Stamped.Applied.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(Stamped.Already.class::isInstance).hasSize(THREADS - 1);
        assertThat(accounts.balance("a")).isEqualTo(1);
    }

    @Test
    void all_of_many_with_different_keys_have_their_effects() throws Exception {
        List<Stamped> outcomes = AtOnce.run(IntStream.range(0, THREADS)
                .mapToObj(i -> (Callable<Stamped>) () -> stamps.apply(accounts.add("a", 1), "key " + i))
                .toList());
        assertThat(outcomes).hasOnlyElementsOfType(Stamped.Applied.class);
        assertThat(accounts.balance("a")).isEqualTo(THREADS);
    }

    private Object apply() {
        return Refusals.outcome(() -> stamps.apply(accounts.add("a", 1), "k"));
    }

    /** An undo is three requests at most, here: it finds no action, cannot bar it since it has come, and undoes it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void an_action_that_comes_before_any_request_of_its_undo_is_undone_or_kept_out(int request) {
        List<Object> action = new ArrayList<>();
        StampedUndo undo = interrupted(request, () -> action.add(apply()));
        if (action.isEmpty()) {
            action.add(apply());
        }
        assertThat(accounts.balance("a")).isZero();
        if (undo instanceof StampedUndo.Nothing) {
            assertThat(action).containsExactly(new Refusal.Undone());
        } else {
            assertThat(undo).isInstanceOf(StampedUndo.Applied.class);
            assertThat(action).hasOnlyElementsOfType(Stamped.Applied.class);
        }
        assertThat(Refusals.outcome(() -> stamps.apply(accounts.add("a", 1), "k")))
                .isEqualTo(new Refusal.Undone());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void of_two_undos_one_undoes(int request) {
        stamps.apply(accounts.add("a", 1), "k");
        List<StampedUndo> undos = new ArrayList<>();
        undos.add(interrupted(request, () -> undos.add(stamps.undo(accounts.add("a", -1), ACTION))));
        undos.add(stamps.undo(accounts.add("a", -1), ACTION));
        assertThat(undos).filteredOn(StampedUndo.Applied.class::isInstance).hasSize(1);
        assertThat(accounts.balance("a")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void an_action_and_its_whole_undo_may_come_between_the_requests_of_another_undo(int request) {
        interrupted(request, () -> {
            stamps.apply(accounts.add("a", 1), "k");
            stamps.undo(accounts.add("a", -1), ACTION);
        });
        assertThat(accounts.balance("a")).isZero();
        assertThat(Refusals.outcome(() -> stamps.apply(accounts.add("a", 1), "k")))
                .isEqualTo(new Refusal.Undone());
    }

    @Test
    void actions_and_undos_at_once_leave_nothing_behind() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = "key " + round;
            Effect<String> action = new Effect<>(key, Optional.empty());
            List<Callable<Object>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS / 4; i++) {
                calls.add(() -> Refusals.outcome(() -> stamps.apply(accounts.add("a", 1), key)));
                calls.add(() -> stamps.undo(accounts.add("a", -1), action));
            }
            List<Object> outcomes = AtOnce.run(calls);
            assertThat(accounts.balance("a")).isZero();
            long done =
                    outcomes.stream().filter(Stamped.Applied.class::isInstance).count();
            long undone = outcomes.stream()
                    .filter(StampedUndo.Applied.class::isInstance)
                    .count();
            long nothing = outcomes.stream()
                    .filter(StampedUndo.Nothing.class::isInstance)
                    .count();
            assertThat(undone).isEqualTo(done);
            assertThat(undone + nothing).isEqualTo(1);
        }
    }

    /** An undo with something else in between, before its request of this number. */
    private StampedUndo interrupted(int request, Runnable other) {
        WatchedWire wire = new WatchedWire(Wire.of(accounts.client)).before(request, other);
        return new Stamps(new StampedUpdates(wire, StampSettings.standard())).undo(accounts.add("a", -1), ACTION);
    }
}
