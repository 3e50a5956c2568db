package io.durablesaga.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.embedded.journal.ExecutionRow.State;
import io.durablesaga.idempotency.Claim.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, alone and behind its one writer. */
abstract class StoreContract {
    private Store store;

    abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private static ExecutionRow row(String name, State state, Long wakeAt) {
        return new ExecutionRow(
                0, name, "uid-" + name, "part-" + name, "saga", "\"in\"", state, wakeAt, false, 5, 6, null, null, null);
    }

    private static RecordRow record(long seq, String payload) {
        return new RecordRow(
                seq, 7, "0." + seq, RecordRow.Kind.ACTION, "step", RecordRow.Event.COMPLETED, 2, payload, 9L);
    }

    private static CallbackRow callback(String id, long execution, CallbackRow.State state) {
        return new CallbackRow(id, execution, "path", true, state, "payload", 100, 10L, 20L);
    }

    private long insert(ExecutionRow row) {
        long[] id = new long[1];
        store.commit(writes -> id[0] = writes.insert(row));
        return id[0];
    }

    private <T> Optional<T> one(Function<Reads, Optional<T>> question) {
        return store.read(question);
    }

    private <T> List<T> all(Function<Reads, List<T>> question) {
        return store.read(question);
    }

    private ExecutionRow execution(String name) {
        return one(reads -> reads.execution(name)).orElseThrow();
    }

    @Test
    void rows_read_as_they_were_written() {
        ExecutionRow full = new ExecutionRow(
                0, "full", "uid", "part", "saga", "{}", State.HALTED, 3L, true, 4, 5, "\"out\"", "why", 77L);
        long id = insert(full);
        assertThat(execution("full"))
                .isEqualTo(new ExecutionRow(
                        id, "full", "uid", "part", "saga", "{}", State.HALTED, 3L, true, 4, 5, "\"out\"", "why", 77L));
        assertThat(one(reads -> reads.execution(id))).contains(execution("full"));
        assertThat(all(reads -> reads.byKeyPart("part"))).containsExactly(execution("full"));
        assertThat(all(reads -> reads.byKeyPart("other"))).isEmpty();
        assertThat(one(reads -> reads.execution("other"))).isEmpty();
        assertThat(one(reads -> reads.execution(id + 1))).isEmpty();

        ClaimRow undo = new ClaimRow("key", Side.UNDO, "undoer", 4, "", 9, ClaimRow.State.COMPLETED, "undone");
        ClaimRow claim = new ClaimRow("key", Side.ACTION, "owner", 3, "print", 8, ClaimRow.State.HELD, null);
        store.commit(writes -> {
            writes.append(id, record(1, "\u00e9\ud83d\ude00\"\\"));
            writes.append(id, record(2, null));
            writes.put(callback("c1", id, CallbackRow.State.OPEN));
            writes.put(claim);
            writes.put(undo);
        });
        assertThat(all(reads -> reads.records(id)))
                .containsExactly(record(1, "\u00e9\ud83d\ude00\"\\"), record(2, null));
        assertThat(one(reads -> reads.callback("c1"))).contains(callback("c1", id, CallbackRow.State.OPEN));
        assertThat(one(reads -> reads.claim("key", Side.ACTION))).contains(claim);
        assertThat(one(reads -> reads.claim("key", Side.UNDO))).contains(undo);
        assertThat(one(reads -> reads.claim("other", Side.ACTION))).isEmpty();
    }

    @Test
    void a_row_is_replaced_by_its_next_version() {
        long id = insert(row("one", State.RUNNING, ExecutionRow.WORKED_ON));
        store.commit(writes -> {
            writes.update(writes.execution("one").orElseThrow().in(State.PARKED, null, true, 8));
            writes.put(callback("c1", id, CallbackRow.State.OPEN));
            writes.put(callback("c2", id, CallbackRow.State.OPEN));
        });
        assertThat(execution("one").state()).isEqualTo(State.PARKED);
        assertThat(execution("one").wakeAt()).isNull();
        assertThat(execution("one").interrupted()).isTrue();
        ClaimRow claim = new ClaimRow("key", Side.ACTION, "b", 2, "", 2, ClaimRow.State.FAILED, "no");
        store.commit(writes -> {
            writes.put(callback("c1", id, CallbackRow.State.SILENT));
            writes.put(new ClaimRow("key", Side.ACTION, "a", 1, "", 1, ClaimRow.State.HELD, null));
            writes.put(claim);
        });
        assertThat(all(reads -> reads.openCallbacks(id))).containsExactly(callback("c2", id, CallbackRow.State.OPEN));
        assertThat(one(reads -> reads.claim("key", Side.ACTION))).contains(claim);
    }

    @Test
    void what_is_due_is_told_the_longest_waiting_first_and_of_known_sagas_only() {
        insert(row("late", State.WAITING, 30L));
        insert(row("soon", State.PARKED, 10L));
        insert(row("now", State.RUNNING, 0L));
        insert(row("worked-on", State.RUNNING, ExecutionRow.WORKED_ON));
        insert(row("outside", State.WAITING, null));
        Set<String> sagas = Set.of("saga", "other");
        assertThat(all(reads -> reads.due(sagas, 30, 9)))
                .extracting(ExecutionRow::name)
                .containsExactly("now", "soon", "late");
        assertThat(all(reads -> reads.due(sagas, 29, 9))).hasSize(2);
        assertThat(all(reads -> reads.due(sagas, 30, 1)))
                .extracting(ExecutionRow::name)
                .containsExactly("now");
        assertThat(all(reads -> reads.due(Set.of("other"), 30, 9))).isEmpty();
        assertThat(all(reads -> reads.due(Set.of(), 30, 9))).isEmpty();
        assertThat(one(reads -> reads.nextDue(sagas, 9))).contains(10L);
        assertThat(one(reads -> reads.nextDue(sagas, 10))).contains(30L);
        assertThat(one(reads -> reads.nextDue(sagas, 30))).isEmpty();
        assertThat(one(reads -> reads.nextDue(Set.of("other"), 0))).isEmpty();
        assertThat(one(reads -> reads.nextDue(Set.of(), 0))).isEmpty();
    }

    @Test
    void queries_take_states_saga_age_and_limit_into_account() {
        insert(row("first", State.STUCK, null));
        insert(row("second", State.PARKED, 1L));
        assertThat(names(new Reads.Query(Set.of(), null, null, 9))).containsExactly("second", "first");
        assertThat(names(new Reads.Query(Set.of(), null, null, 1))).containsExactly("second");
        assertThat(names(new Reads.Query(Set.of(State.STUCK, State.HALTED), null, null, 9)))
                .containsExactly("first");
        assertThat(names(new Reads.Query(Set.of(), "saga", Instant.ofEpochMilli(6), 9)))
                .hasSize(2);
        assertThat(names(new Reads.Query(Set.of(), "other", null, 9))).isEmpty();
        assertThat(names(new Reads.Query(Set.of(), null, Instant.ofEpochMilli(5), 9)))
                .isEmpty();
    }

    @Test
    void halted_executions_of_a_saga_become_due_and_no_others() {
        insert(row("halted", State.HALTED, null));
        insert(row("waiting", State.WAITING, null));
        store.commit(writes -> writes.wakeHalted("other", 40));
        assertThat(execution("halted").state()).isEqualTo(State.HALTED);
        store.commit(writes -> writes.wakeHalted("saga", 40));
        assertThat(execution("halted").state()).isEqualTo(State.WAITING);
        assertThat(execution("halted").wakeAt()).isZero();
        assertThat(execution("halted").changedAt()).isEqualTo(40);
        assertThat(execution("waiting").wakeAt()).isNull();
    }

    @Test
    void a_group_that_fails_leaves_nothing_behind() {
        long id = insert(row("one", State.RUNNING, ExecutionRow.WORKED_ON));
        store.commit(writes -> {
            writes.append(id, record(1, "before"));
            writes.put(callback("c1", id, CallbackRow.State.OPEN));
        });
        ExecutionRow before = execution("one");
        assertThatThrownBy(() -> store.commit(writes -> {
                    writes.insert(row("two", State.RUNNING, 0L));
                    writes.append(id, record(2, "lost"));
                    writes.append(id, record(3, "lost"));
                    writes.update(before.in(State.STUCK, null, true, 9));
                    writes.put(callback("c1", id, CallbackRow.State.COMPLETED));
                    writes.put(callback("c2", id, CallbackRow.State.OPEN));
                    writes.put(new ClaimRow("key", Side.ACTION, "a", 1, "", 1, ClaimRow.State.HELD, null));
                    writes.wakeHalted("saga", 9);
                    assertThat(writes.records(id)).as("what the group sees").hasSize(3);
                    throw new IllegalStateException("in the middle");
                }))
                .hasMessage("in the middle");

        assertThat(execution("one")).isEqualTo(before);
        assertThat(one(reads -> reads.execution("two"))).isEmpty();
        assertThat(all(reads -> reads.records(id))).containsExactly(record(1, "before"));
        assertThat(all(reads -> reads.openCallbacks(id))).containsExactly(callback("c1", id, CallbackRow.State.OPEN));
        assertThat(one(reads -> reads.claim("key", Side.ACTION))).isEmpty();
        insert(row("two", State.RUNNING, 0L));
        store.commit(writes -> writes.append(id, record(2, "after")));
        assertThat(all(reads -> reads.records(id))).hasSize(2);
    }

    @Test
    void a_place_among_the_records_is_taken_once() {
        long id = insert(row("one", State.RUNNING, 0L));
        store.commit(writes -> writes.append(id, record(1, "first")));

        assertThatThrownBy(() -> store.commit(writes -> writes.append(id, record(1, "second"))))
                .isInstanceOf(JournalException.class);
        assertThat(all(reads -> reads.records(id))).containsExactly(record(1, "first"));
    }

    @Test
    void the_committer_commits_what_waits_together_and_fails_alone_what_cannot_be() throws Exception {
        Committer committer = new Committer(store);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        CompletableFuture<Boolean> first = committer.submit(writes -> {
            busy.countDown();
            awaited(queued);
            return true;
        });
        awaited(busy);
        CompletableFuture<Long> good = committer.submit(writes -> writes.insert(row("good", State.RUNNING, 0L)));
        CompletableFuture<Long> bad = committer.submit(writes -> {
            writes.insert(row("bad", State.RUNNING, 0L));
            throw new IllegalStateException("one change alone");
        });
        CompletableFuture<Long> better = committer.submit(writes -> writes.insert(row("better", State.RUNNING, 0L)));
        queued.countDown();

        assertThat(first.join()).isTrue();
        assertThat(good.join()).isEqualTo(execution("good").id());
        assertThat(better.join()).isEqualTo(execution("better").id());
        assertThatThrownBy(bad::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(JournalException.class)
                .hasMessageContainingAll(store.name(), "one change alone");
        assertThat(one(reads -> reads.execution("bad"))).isEmpty();

        long before = committer.commits();
        List<CompletableFuture<Boolean>> shared = gathered(committer, 50);
        shared.forEach(CompletableFuture::join);
        assertThat(committer.commits() - before).isEqualTo(2);
        committer.close();
        assertThatThrownBy(() -> committer.commit(writes -> true))
                .isInstanceOf(JournalException.class)
                .hasMessageContainingAll(store.name(), "the engine is closed", "open it again");
        committer.close();
    }

    /** Changes that all wait while the writer is busy with one. */
    private static List<CompletableFuture<Boolean>> gathered(Committer committer, int count) {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        CompletableFuture<Boolean> holding = committer.submit(writes -> {
            busy.countDown();
            awaited(queued);
            return true;
        });
        awaited(busy);
        List<CompletableFuture<Boolean>> all = new ArrayList<>(List.of(holding));
        for (int i = 0; i < count; i++) {
            all.add(committer.submit(writes -> true));
        }
        queued.countDown();
        return all;
    }

    private List<String> names(Reads.Query query) {
        return store.read(reads -> reads.query(query)).stream()
                .map(ExecutionRow::name)
                .toList();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
