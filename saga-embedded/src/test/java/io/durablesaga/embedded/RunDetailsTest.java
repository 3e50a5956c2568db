package io.durablesaga.embedded;

import static io.durablesaga.Bound.atMost;
import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.durablesaga.Parking;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.StepRejected;
import io.durablesaga.Within;
import io.durablesaga.engine.Decision;
import io.durablesaga.event.SagaEvent;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Corners of the run that no engine can get wrong, so that the engine contract does not ask for them. */
class RunDetailsTest extends EngineTest {
    private static final StepKey<String> SHIP = StepKey.of("ship", String.class);

    @Test
    void a_sent_notification_is_recorded_as_sent() {
        EmbeddedEngine engine = inMemory(builder -> builder);
        Saga<String, String> saga = saga("asks")
                .await(A, Within.within(Duration.ofHours(1)), (s, id) -> {}, none())
                .returning(String.class, v -> v.result(A));
        engine.register(saga);
        engine.start(saga, "one", "x");
        engine.awaitIdle();

        assertThat(engine.events("one")).anySatisfy(event -> {
            assertThat(event.kind()).isEqualTo("ACTION");
            assertThat(event.payload()).isEqualTo("\"sent\"");
        });
        engine.completeCallback(engine.callbacks("one").get(0).id(), "\"yes\"");
        engine.awaitIdle();
        assertThat(engine.events("one")).extracting(ExecutionEvent::attempt).containsOnly(1);
    }

    @Test
    void what_a_person_resolved_past_the_pivot_is_listed_where_the_saga_gets_stuck_later() {
        EmbeddedEngine engine = inMemory(builder -> builder);
        Saga<String, String> saga = saga("ships")
                .step(C, s -> "ok", none())
                .pivot(Parking.park(Duration.ofHours(1)))
                .step(A, s -> {
                    throw new StepRejected("no");
                })
                .step(B, s -> {
                    throw new StepRejected("no");
                })
                .returning(String.class, v -> "ok");
        engine.register(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        engine.awaitIdle();
        engine.decide(parkedOn(execution), new Decision.Resolved("by hand"));
        engine.awaitIdle();
        clock.advance(Duration.ofHours(2));

        SagaResult.Stuck<String> stuck = (SagaResult.Stuck<String>) ended(execution);
        assertThat(stuck.effects())
                .extracting(effect -> effect.path() + " " + effect.state() + " " + effect.reason())
                .containsExactly("c STANDING null", "a RESOLVED by hand", "b NOT_DONE null");
    }

    @Test
    void a_result_that_is_not_there_is_asked_for_with_a_message_that_names_what_is() {
        EmbeddedEngine engine = inMemory(builder -> builder);
        Saga<String, String> saga = saga("asks")
                .step(A, s -> "a", none())
                .parallel(
                        "both",
                        both -> both.step(B, s -> "b", none())
                                .branch("long", branch -> branch.step(C, s -> s.result(SHIP), none())))
                .returning(String.class, v -> "ok");
        engine.register(saga);
        SagaResult<String> result = ended(engine.start(saga, "one", "x"));

        assertThat(((SagaResult.Compensated<String>) result).cause().failure().message())
                .contains("no result of 'ship'")
                .contains("[a]");
    }

    @Test
    void results_of_items_are_seen_from_around_their_loops_and_branches() {
        EmbeddedEngine engine = inMemory(builder -> builder);
        List<String> outer = List.of("x", "y");
        List<String> inner = List.of("1", "2");
        Saga<String, Map<String, String>> saga = saga("loops")
                .parallel(
                        "both",
                        both -> both.step(C, s -> "c", none())
                                .branch(
                                        "loop",
                                        branch -> branch.forEach(
                                                "outer",
                                                atMost(2),
                                                v -> outer,
                                                item -> item,
                                                each -> each.step(A, s -> s.item(), none())
                                                        .forEach(
                                                                "inner",
                                                                atMost(2),
                                                                v -> inner,
                                                                item -> item,
                                                                deep -> deep.step(
                                                                        B, s -> s.result(A) + s.item(), none())))))
                .returning(new TypeReference<>() {}, v -> v.results(B));
        engine.register(saga);

        assertThat(completed(engine.start(saga, "one", "in")))
                .containsExactly(
                        Map.entry("x/1", "x1"), Map.entry("x/2", "x2"), Map.entry("y/1", "y1"), Map.entry("y/2", "y2"));
    }

    @Test
    void members_of_a_group_stand_where_the_saga_is_stuck_in_the_end() {
        EmbeddedEngine engine = inMemory(builder -> builder);
        Saga<String, String> saga = saga("groups")
                .parallel("both", both -> both.step(A, s -> "a", none()).step(B, s -> "b", none()))
                .returning(String.class, v -> v.result(C));
        engine.register(saga);
        SagaResult<String> result = ended(engine.start(saga, "one", "x"));

        assertThat(((SagaResult.Stuck<String>) result).open())
                .extracting(EffectReport::path)
                .containsExactly("both/a", "both/b");
    }

    @Test
    void items_that_ran_one_after_the_other_are_undone_one_after_the_other() {
        EmbeddedEngine engine = inMemory(builder -> builder);
        AtomicInteger atOnce = new AtomicInteger();
        List<String> undone = Collections.synchronizedList(new ArrayList<>());
        Saga<String, String> saga = saga("items")
                .forEach(
                        "items",
                        atMost(3).undoingInParallel(),
                        v -> List.of("1", "2", "3"),
                        item -> item,
                        each -> each.step(A, s -> s.item(), undo((s, effect) -> {
                            undone.add(s.item() + " beside " + atOnce.getAndIncrement());
                            Thread.onSpinWait();
                            atOnce.decrementAndGet();
                        })))
                .step(
                        B,
                        s -> {
                            throw new StepRejected("no");
                        },
                        none())
                .returning(String.class, v -> "ok");
        engine.register(saga);
        ended(engine.start(saga, "one", "x"));

        assertThat(undone).containsExactly("3 beside 0", "2 beside 0", "1 beside 0");
    }

    @Test
    void a_machine_out_of_memory_in_a_lambda_decides_nothing() {
        EmbeddedEngine engine = inMemory(builder -> builder);
        AtomicInteger looks = new AtomicInteger();
        Saga<String, String> saga = saga("decides")
                .step(A, s -> "a", none())
                .when(
                        "big",
                        v -> {
                            if (looks.incrementAndGet() == 1) {
                                throw new OutOfMemoryError("a test");
                            }
                            return true;
                        },
                        then -> then.step(B, s -> "b", none()))
                .returning(String.class, v -> v.result(B));
        engine.register(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        engine.awaitIdle();
        clock.advance(Duration.ofMinutes(2));

        assertThat(completed(execution)).isEqualTo("b");
    }

    @Test
    void an_attempt_that_answers_in_time_is_not_interrupted_later() throws InterruptedException {
        EmbeddedEngine engine = inMemory(builder -> builder.threads(1));
        Saga<String, String> saga = saga("quick")
                .step(A, with().timeout(Duration.ofMillis(30)), s -> "a", none())
                .step(
                        B,
                        s -> {
                            Thread.sleep(60);
                            return "not interrupted";
                        },
                        none())
                .returning(String.class, v -> v.result(B));
        engine.register(saga);

        assertThat(completed(engine.start(saga, "one", "x"))).isEqualTo("not interrupted");
    }

    @Test
    void what_fails_again_after_a_retry_that_a_person_ordered_stops_the_saga_all_the_same() {
        List<SagaEvent> heard = Collections.synchronizedList(new ArrayList<>());
        EmbeddedEngine engine = inMemory(builder -> builder.listener(heard::add));
        AtomicInteger later = new AtomicInteger();
        Saga<String, String> saga = saga("ships")
                .step(C, s -> "ok", none())
                .pivot(Parking.park(Duration.ofHours(1)))
                .step(A, s -> {
                    throw new StepRejected("no");
                })
                .step(B, s -> "later " + later.incrementAndGet())
                .returning(String.class, v -> "ok");
        engine.register(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        engine.awaitIdle();
        engine.decide(parkedOn(execution), new Decision.Retry());
        engine.awaitIdle();
        clock.advance(Duration.ofHours(2));

        assertThat(ended(execution)).isInstanceOf(SagaResult.Stuck.class);
        assertThat(later).hasValue(0);
        assertThat(heard)
                .filteredOn(event -> event instanceof SagaEvent.Decided)
                .extracting(event -> ((SagaEvent.Decided) event).decision())
                .containsExactly("Retry", "nothing in time");
    }

    @Test
    void a_stuck_execution_is_one_line_of_the_log_that_names_what_is_open_and_its_keys() {
        EmbeddedEngine engine = inMemory(builder -> builder);
        Saga<String, String> saga = saga("sticks")
                .step(A, s -> "a", undo(undoing().retry(Retries.none()), (s, effect) -> {
                    throw new IllegalStateException("out of order");
                }))
                .step(
                        B,
                        s -> {
                            throw new StepRejected("no");
                        },
                        none())
                .returning(String.class, v -> "ok");
        engine.register(saga);
        RecordingLogs.begin();
        SagaResult.Stuck<String> stuck = (SagaResult.Stuck<String>) ended(engine.start(saga, "one", "x"));
        engine.awaitIdle();

        EffectReport open = stuck.open().get(0);
        assertThat(RecordingLogs.end())
                .filteredOn(line -> line.startsWith("ERROR"))
                .singleElement()
                .asString()
                .contains("a NOT_UNDONE", open.actionKey(), open.undoKey(), "java.lang.IllegalStateException")
                .doesNotContain("out of order");
    }

    @Test
    void a_callback_that_cannot_be_read_says_what_was_expected() {
        EmbeddedEngine engine = inMemory(builder -> builder.mostResultBytes(1_000));
        StepKey<Integer> answer = StepKey.of("answer", Integer.class);
        Saga<String, String> saga = saga("asks")
                .await(answer, Within.within(Duration.ofHours(1)), (s, id) -> {}, none())
                .returning(String.class, v -> "ok");
        engine.register(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        engine.awaitIdle();
        engine.completeCallback(engine.callbacks("one").get(0).id(), "\"many\"");

        assertThat(((SagaResult.Compensated<String>) ended(execution))
                        .cause()
                        .failure()
                        .message())
                .contains("does not read as java.lang.Integer");
    }

    @Test
    void a_result_may_be_bounded_by_a_single_byte() {
        EmbeddedEngine engine = inMemory(builder -> builder.mostResultBytes(1));
        StepKey<Integer> digit = StepKey.of("digit", Integer.class);
        Saga<String, Integer> saga =
                saga("counts").step(digit, s -> 7, none()).returning(Integer.class, v -> v.result(digit));
        engine.register(saga);

        assertThat(completed(engine.start(saga, "one", "x"))).isEqualTo(7);
    }

    private static String parkedOn(Execution<String> execution) {
        return ((SagaStatus.Parked<String>) execution.status())
                .decisions()
                .get(0)
                .id();
    }
}
