package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.idempotency.EffectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

@ExtendWith(LocalDynamoDb.Extension.class)
final class TransactionRaceTest {
    private static final int THREADS = 16;

    private final Accounts accounts;
    private final IdempotencyTable table;
    private final RecordedTransactions transactions;

    TransactionRaceTest(LocalDynamoDb dynamoDb) {
        accounts = new Accounts(dynamoDb);
        table = IdempotencyTable.named(accounts.table + "-effects");
        TestTables.createIfMissing(accounts.client, table);
        transactions = RecordedTransactions.over(accounts.client, table);
    }

    @Test
    void one_of_many_with_the_same_key_has_the_effect() throws Exception {
        List<Transacted> outcomes = AtOnce.run(IntStream.range(0, THREADS)
                .mapToObj(i ->
                        (Callable<Transacted>) () -> untilNoConflict(() -> transactions.apply(key("k"), "1", add(1))))
                .toList());
        assertThat(outcomes).containsOnlyOnce(new Transacted.Applied());
        assertThat(accounts.balance("a")).isEqualTo(1);
    }

    @Test
    void all_of_many_with_different_keys_have_their_effects() throws Exception {
        List<Transacted> outcomes = AtOnce.run(IntStream.range(0, THREADS)
                .mapToObj(i -> (Callable<Transacted>)
                        () -> untilNoConflict(() -> transactions.apply(key("key " + i), "1", add(1))))
                .toList());
        assertThat(outcomes).containsOnly(new Transacted.Applied());
        assertThat(accounts.balance("a")).isEqualTo(THREADS);
    }

    private Object apply() {
        return Refusals.outcome(() -> transactions.apply(key("k"), "1", add(1)));
    }

    /** An undo is three requests at most, here: it finds no action, cannot bar it since it has come, and undoes it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void an_action_that_comes_before_any_request_of_its_undo_is_undone_or_kept_out(int request) {
        List<Object> action = new ArrayList<>();
        TransactedUndo undo = interrupted(request, () -> action.add(apply()));
        if (action.isEmpty()) {
            action.add(apply());
        }
        boolean nothing = undo.equals(new TransactedUndo.Nothing());
        assertThat(undo).isEqualTo(nothing ? new TransactedUndo.Nothing() : new TransactedUndo.Applied());
        assertThat(action).containsExactly(nothing ? new Refusal.Undone() : new Transacted.Applied());
        assertThat(accounts.balance("a")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void an_action_and_its_whole_undo_may_come_between_the_requests_of_another_undo(int request) {
        interrupted(request, () -> {
            transactions.apply(key("k"), "1", add(1));
            transactions.undo(key("k"), "other", add(-1));
        });
        assertThat(accounts.balance("a")).isZero();
        assertThat(Refusals.outcome(() -> transactions.apply(key("k"), "1", add(1))))
                .isEqualTo(new Refusal.Undone());
    }

    @Test
    void actions_and_undos_at_once_leave_nothing_behind() throws Exception {
        for (int round = 0; round < 20; round++) {
            EffectKey<String> key = key("key " + round);
            List<Callable<Object>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS / 4; i++) {
                calls.add(() -> Refusals.outcome(() -> untilNoConflict(() -> transactions.apply(key, "1", add(1)))));
                calls.add(() -> untilNoConflict(() -> transactions.undo(key, "u", add(-1))));
            }
            List<Object> outcomes = AtOnce.run(calls);
            assertThat(accounts.balance("a")).isZero();
            boolean done = outcomes.contains(new Transacted.Applied());
            assertThat(outcomes)
                    .containsOnlyOnce(done ? new TransactedUndo.Applied() : new TransactedUndo.Nothing())
                    .doesNotContain(done ? new TransactedUndo.Nothing() : new TransactedUndo.Applied());
        }
    }

    /** A conflict says that it was not done because another transaction was at it: callers ask again. */
    private static <T> T untilNoConflict(Callable<T> call) throws Exception {
        while (true) {
            try {
                return call.call();
            } catch (StoreException.Conflict e) {
                assertThat(e.mayBeWritten()).isFalse();
            }
        }
    }

    /** An undo with something else in between, before its request of this number. */
    private TransactedUndo interrupted(int request, Runnable other) {
        WatchedWire wire = new WatchedWire(Wire.of(accounts.client)).before(request, other);
        return new RecordedTransactions(new Transactions(wire, table)).undo(key("k"), "u", add(-1));
    }

    private List<TransactWriteItem> add(int amount) {
        return List.of(accounts.write(accounts.add("a", amount)));
    }

    private static EffectKey<String> key(String key) {
        return EffectKey.of(key, key, String.class);
    }
}
