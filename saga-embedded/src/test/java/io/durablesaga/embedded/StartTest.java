package io.durablesaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.SagaDefinitionException;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.engine.EngineLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which executions are started, which exist already, and which are refused. */
class StartTest extends EngineTest {
    private final AtomicInteger runs = new AtomicInteger();
    private final Saga<String, String> counted = saga("counted")
            .step(A, s -> "run " + runs.incrementAndGet(), none())
            .returning(String.class, v -> v.result(A));

    /** Written, it does not read back. */
    record Unreadable(Object value) {
        static Unreadable cyclic() {
            Object[] cycle = new Object[1];
            cycle[0] = cycle;
            return new Unreadable(cycle);
        }
    }

    @Test
    void a_name_with_the_same_input_is_the_execution_that_exists() {
        EmbeddedEngine engine = open();
        engine.register(counted);
        Execution<String> first = engine.start(counted, "one", "x");
        assertThat(completed(first)).isEqualTo("run 1");
        Execution<String> second = engine.start(counted, "one", "x");

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(completed(second)).isEqualTo("run 1");
        assertThat(runs).hasValue(1);
    }

    @Test
    void a_name_with_another_input_or_of_another_saga_is_refused_and_changes_nothing() {
        EmbeddedEngine engine = open();
        Saga<String, String> echo = echo("echo");
        engine.register(counted);
        engine.register(echo);
        completed(engine.start(counted, "one", "x"));
        List<ExecutionSummary> before = engine.list(ExecutionQuery.all());

        assertThatThrownBy(() -> engine.start(counted, "one", "y"))
                .isInstanceOf(ExecutionConflict.class)
                .hasMessageContainingAll("'counted'", "'one'", "another input", "under another name");
        assertThatThrownBy(() -> engine.start(echo, "one", "x"))
                .isInstanceOf(ExecutionConflict.class)
                .hasMessageContainingAll("'echo'", "'one'", "by saga 'counted'", "under another name");
        assertThat(engine.list(ExecutionQuery.all())).isEqualTo(before);
        assertThat(engine.find(echo, "one")).isEmpty();
        assertThat(engine.find(counted, "two")).isEmpty();
    }

    @Test
    void sixteen_callers_who_start_one_name_at_the_same_time_start_one_execution() {
        EmbeddedEngine engine = open();
        engine.register(counted);
        for (int round = 0; round < 20; round++) {
            String name = "round-" + round;
            CountDownLatch ready = new CountDownLatch(16);
            List<Execution<String>> started = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
            List<Thread> callers = IntStream.range(0, 16)
                    .mapToObj(i -> new Thread(() -> {
                        ready.countDown();
                        await(ready);
                        started.add(engine.start(counted, name, "x"));
                    }))
                    .toList();
            callers.forEach(Thread::start);
            callers.forEach(StartTest::join);
            assertThat(started).hasSize(16);
            assertThat(started.stream().map(Execution::id).distinct()).hasSize(1);
            completed(started.get(0));
        }
        engine.awaitIdle();
        assertThat(runs).hasValue(20);
    }

    @Test
    void what_cannot_be_started_is_refused_with_the_remedy() {
        EmbeddedEngine engine = open();
        assertThatThrownBy(() -> engine.start(counted, "one", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'counted'", "not registered", "register(saga)");
        engine.register(counted);
        Saga<String, String> namesake = echo("counted");
        assertThatThrownBy(() -> engine.start(namesake, "one", "x")).hasMessageContaining("not registered");
        for (String name :
                Stream.of("", " ", "a b", "a/b", "ü", "x".repeat(65), null).toList()) {
            assertThatThrownBy(() -> engine.start(counted, name, "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("'counted'", "malformed name", "1 to 64");
        }
        assertThatThrownBy(() -> engine.start(counted, "one", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'one'", "the input is null", "nothing was started");
        Saga<Unreadable, ?> odd =
                SagaBuilder.saga("odd", Unreadable.class).sleep("nap", SOON).returningNothing();
        engine.register(odd);
        assertThatThrownBy(() -> engine.start(odd, "one", Unreadable.cyclic()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'odd'", "'one'", "cannot be written as JSON", "nothing was started");
        assertThat(engine.list(ExecutionQuery.all())).isEmpty();
        assertThat(completed(engine.start(counted, "x".repeat(64), "x"))).isEqualTo("run 1");
    }

    @Test
    void a_saga_that_may_take_more_than_the_engine_holds_is_refused_when_it_is_registered() {
        EngineLimits small = new EngineLimits(2, 1L << 30, Duration.ofHours(1), 100);
        EmbeddedEngine engine = open(builder -> builder.limits(small));
        Saga<String, ?> large = saga("large")
                .step(A, s -> "a", none())
                .step(B, s -> "b", none())
                .step(C, s -> "c", none())
                .returningNothing();
        Saga<String, ?> slow = saga("slow").sleep("nap", Duration.ofHours(2)).returningNothing();

        assertThatThrownBy(() -> engine.register(large))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessageContainingAll("large", "operations", "this engine holds 2");
        assertThatThrownBy(() -> engine.register(slow))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessageContainingAll("slow", "PT2H");
        assertThatThrownBy(() -> engine.start(large, "one", "x")).hasMessageContaining("not registered");
    }

    @Test
    void settings_that_make_no_sense_are_refused_where_they_are_made() {
        assertThatThrownBy(() -> EmbeddedEngine.builder().threads(0)).hasMessageContaining("threads: 0; at least 1");
        assertThatThrownBy(() -> EmbeddedEngine.builder().mostResultBytes(0))
                .hasMessageContaining("mostResultBytes: 0; at least 1");
        assertThatThrownBy(() -> EmbeddedEngine.builder().grace(Duration.ofMillis(-1)))
                .hasMessageContaining("grace: PT-0.001S");
        assertThatThrownBy(() -> EmbeddedEngine.builder().listener(null)).hasMessageContaining("listener");
        assertThatThrownBy(() -> EmbeddedEngine.builder().clock(null)).hasMessageContaining("clock");
        assertThatThrownBy(() -> EmbeddedEngine.builder().ids(null)).hasMessageContaining("ids");
        assertThatThrownBy(() -> EmbeddedEngine.builder().limits(null)).hasMessageContaining("limits");
        ObjectMapper typing = new ObjectMapper()
                .activateDefaultTyping(BasicPolymorphicTypeValidator.builder().build());
        assertThatThrownBy(() -> EmbeddedEngine.builder().mapper(typing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("default typing", "turn it off");
    }

    @Test
    void an_engine_in_memory_runs_sagas_and_forgets_them_with_itself() {
        EmbeddedEngine engine = closedAfterwards(EmbeddedEngine.inMemory());
        engine.register(counted);
        assertThat(completed(engine.start(counted, "one", "x"))).isEqualTo("run 1");
        EmbeddedEngine other = closedAfterwards(EmbeddedEngine.inMemory());
        assertThat(other.list(ExecutionQuery.all())).isEmpty();
    }

    @Test
    void a_closed_engine_says_so_whatever_it_is_asked_and_can_be_closed_again() {
        for (EmbeddedEngine engine : List.of(open(), inMemory(builder -> builder))) {
            engine.register(counted);
            Execution<String> execution = engine.start(counted, "one", "x");
            completed(execution);
            engine.close();
            engine.close();

            List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> calls = List.of(
                    () -> engine.register(counted),
                    () -> engine.start(counted, "one", "x"),
                    () -> engine.find(counted, "one"),
                    () -> engine.list(ExecutionQuery.all()),
                    () -> engine.events("one"),
                    () -> engine.callbacks("one"),
                    () -> engine.completeCallback("id", "x"),
                    () -> engine.heartbeat("id"),
                    execution::status,
                    () -> execution.await(Duration.ofSeconds(1)));
            assertThat(calls)
                    .allSatisfy(call -> assertThatThrownBy(call)
                            .isInstanceOf(JournalException.class)
                            .hasMessageContaining("the engine is closed; open it again to go on"));
        }
    }

    @Test
    void cancelling_is_refused_and_says_what_to_do_instead() {
        EmbeddedEngine engine = open();
        assertThatThrownBy(() -> engine.cancel("one"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContainingAll("'one'", "not supported yet", "fail a callback or decision");
    }

    private static void join(Thread thread) {
        try {
            thread.join(SOON.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
