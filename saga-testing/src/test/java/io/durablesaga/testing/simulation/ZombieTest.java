package io.durablesaga.testing.simulation;

import static io.durablesaga.testing.simulation.Shop.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.result.SagaResult;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that outlive their process: the next process goes on without them, and what they bring comes too late. */
@Timeout(60)
class ZombieTest {
    private final Trace trace = new Trace();
    private final Shop shop = new Shop(trace);
    private final SimulatedEngine engine =
            new SimulatedEngine(event -> trace.add(event.getClass().getSimpleName())).lingering(true);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        engine.close();
    }

    @Test
    void the_next_process_goes_on_while_a_body_of_the_last_one_still_waits() {
        Saga<String, String> saga = shop.chain("a", "b", "c");
        shop.plan("b", this::dieAndWait);
        start(saga);
        assertThat(trace.lines()).endsWith("b#1");
        engine.reopen();

        assertThat(Shop.result(engine, saga)).isInstanceOf(SagaResult.Completed.class);
        assertThat(shop.effects()).containsExactly("a", "b", "c");
    }

    @Test
    void burying_waits_for_the_bodies_of_earlier_processes_too() {
        AtomicBoolean landed = new AtomicBoolean();
        Saga<String, String> saga = shop.chain("a", "b", "c");
        shop.plan("b", () -> {
            dieAndWait();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            landed.set(true);
        });
        start(saga);
        engine.reopen();
        released.countDown();
        engine.bury();

        assertThat(landed).isTrue();
    }

    @Test
    void a_body_that_returns_after_its_process_has_died_changes_nothing() {
        assertChangesNothing(shop.chain("a", "b", "c"), () -> {});
    }

    @Test
    void a_body_that_throws_after_its_process_has_died_changes_nothing() {
        assertChangesNothing(shop.chain("a", "b", "c"), Shop::fail);
    }

    @Test
    void a_body_in_a_branch_that_returns_after_its_process_has_died_changes_nothing() {
        assertChangesNothing(shop.group(), () -> {});
    }

    private void assertChangesNothing(Saga<String, String> saga, Runnable late) {
        shop.plan("b", () -> {
            dieAndWait();
            late.run();
        });
        start(saga);
        engine.reopen();
        List<String> before = trace.lines();
        assertThat(Shop.result(engine, saga)).isInstanceOf(SagaResult.Completed.class);
        released.countDown();
        awaitNobodyAtWork();
        engine.settle();

        assertThat(trace.lines()).isEqualTo(before);
    }

    @Test
    void a_process_is_buried_once_no_body_of_it_runs() {
        Saga<String, String> saga = shop.chain("a");
        CountDownLatch died = new CountDownLatch(1);
        shop.plan("a", () -> {
            engine.kill();
            died.countDown();
            await(released);
            trace.add("returned");
        });
        start(saga);
        await(died);
        new Thread(released::countDown).start();
        engine.bury();

        assertThat(trace.lines()).endsWith("returned");
    }

    @Test
    void a_body_that_waits_is_interrupted_when_its_process_is_buried() {
        Saga<String, String> saga = shop.chain("a");
        shop.plan("a", () -> {
            engine.kill();
            try {
                released.await();
            } catch (InterruptedException e) {
                trace.add("interrupted");
            }
        });
        start(saga);
        engine.bury();

        assertThat(trace.lines()).endsWith("interrupted");
    }

    @Test
    void bodies_that_wait_for_each_other_both_run() {
        Saga<String, String> saga = shop.group();
        CountDownLatch last = new CountDownLatch(1);
        shop.plan("a", () -> await(last));
        shop.plan("b", () -> await(last));
        shop.plan("f", last::countDown);
        start(saga);

        assertThat(Shop.result(engine, saga)).isInstanceOf(SagaResult.Completed.class);
        assertThat(shop.effects()).containsExactly("a", "d", "b", "e", "f", "c", "g");
    }

    @Test
    void threads_are_used_again() {
        Set<Thread> before = threads();
        for (int i = 0; i < 100; i++) {
            SimulatedEngine many = new SimulatedEngine().lingering(i % 2 == 0);
            Shop own = new Shop(new Trace());
            own.plan("c", many::kill);
            own.plan("f", many::kill);
            Saga<String, String> saga = own.group();
            many.register(saga);
            many.start(saga, NAME, "books");
            many.settle();
            for (int process = 0; process < 2; process++) {
                many.bury();
                many.reopen();
            }
            many.close();
            assertThat(Shop.result(many, saga)).isInstanceOf(SagaResult.Completed.class);
        }
        Set<Thread> after = threads();
        after.removeAll(before);
        assertThat(after).hasSizeLessThan(20);
        awaitNobodyAtWork();
    }

    private void start(Saga<String, String> saga) {
        engine.gate(trace);
        engine.register(saga);
        engine.start(saga, NAME, "books");
        engine.settle();
    }

    private void dieAndWait() {
        engine.kill();
        await(released);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("saga-simulation"))
                .collect(Collectors.toSet());
    }

    /** No thread of any simulation has anything of ours on its stack: all are back in their pool. */
    private static void awaitNobodyAtWork() {
        while (Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals("saga-simulation"))
                .flatMap(entry -> List.of(entry.getValue()).stream())
                .anyMatch(frame -> frame.getClassName().startsWith("io.durablesaga"))) {
            Thread.onSpinWait();
        }
    }
}
