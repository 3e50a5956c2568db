package io.durablesaga.dispatcher;

import static io.durablesaga.dispatcher.Records.MINUTE;
import static io.durablesaga.dispatcher.Records.ORDERS;
import static io.durablesaga.dispatcher.Records.inLane;
import static io.durablesaga.dispatcher.Records.order;
import static io.durablesaga.dispatcher.Records.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.start.Failed;
import io.durablesaga.start.StartAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What waits for what in a batch, and what a record that is returned stops. */
class OrderTest {
    private static final Failed NO_PERMISSION = new Failed("no permission", false);
    private final ScriptedStarter starter = new ScriptedStarter();

    private List<Decision> dispatch(Dispatch dispatch, List<Incoming> records) {
        try (Dispatcher dispatcher = Dispatcher.of(dispatch, starter)) {
            return dispatcher.dispatch(records, MINUTE);
        }
    }

    private static List<Outcome> outcomes(List<Decision> decisions) {
        return decisions.stream().map(Decision::outcome).toList();
    }

    @Test
    void a_batch_of_nothing_has_no_decisions() {
        assertThat(dispatch(ORDERS, List.of())).isEmpty();
    }

    @Test
    void ten_thousand_records_have_one_decision_each_in_their_order() {
        List<Incoming> records =
                IntStream.range(0, 10_000).mapToObj(n -> order("n" + n)).toList();

        List<Decision> decisions = dispatch(ORDERS, records);

        assertThat(decisions)
                .hasSize(10_000)
                .allSatisfy(decision -> assertThat(decision.acknowledged()).isTrue());
        assertThat(decisions.stream().map(Decision::record)).containsExactlyElementsOf(records);
        assertThat(starter.started).hasSize(10_000);
    }

    @Test
    void records_of_a_lane_are_started_in_their_order_while_lanes_are_worked_on_side_by_side() {
        List<Incoming> records = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            for (String lane : List.of("a", "b", "c", "d", "e", "f")) {
                records.addAll(inLane("shard", lane, lane + n));
            }
        }

        dispatch(ORDERS.concurrency(4), records);

        for (String lane : List.of("a", "b", "c", "d", "e", "f")) {
            assertThat(starter.names().stream().filter(name -> name.startsWith("orders--" + lane)))
                    .containsExactlyElementsOf(IntStream.range(0, 50)
                            .mapToObj(n -> "orders--" + lane + n)
                            .toList());
        }
    }

    @Test
    void in_strict_order_a_group_is_one_lane() {
        List<Incoming> records = together(
                inLane("shard", "a", "1"),
                inLane("shard", "b", "2"),
                inLane("shard", "a", "3"),
                inLane("shard", "c", "4"));

        dispatch(ORDERS.strictOrder(true), records);

        assertThat(starter.names()).containsExactly("orders--1", "orders--2", "orders--3", "orders--4");
    }

    @Test
    void no_more_are_started_at_a_time_than_is_said_and_so_many_are() {
        int most = 4;
        CyclicBarrier together = new CyclicBarrier(most);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger highest = new AtomicInteger();
        List<Incoming> records =
                IntStream.range(0, 40).mapToObj(n -> order("n" + n)).toList();
        records.forEach(record -> starter.answering(
                "orders--" + record.origin().orElseThrow().id().substring(3), request -> {
                    highest.accumulateAndGet(now.incrementAndGet(), Math::max);
                    try {
                        together.await(); // passes only where four are under way
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    } finally {
                        now.decrementAndGet();
                    }
                    return new StartAnswer.Accepted(request.name(), null);
                }));

        assertThat(outcomes(dispatch(ORDERS.concurrency(most), records))).containsOnly(Outcome.ACCEPTED);
        assertThat(highest).hasValue(most);
    }

    @Test
    void a_record_that_is_returned_stops_those_after_it_in_its_group_and_no_other_group() {
        starter.answering("orders--2", NO_PERMISSION);
        List<Incoming> records =
                together(inLane("g", "", "1", "2", "3"), inLane("h", "", "4", "5"), inLane("g", "", "6"));

        List<Decision> decisions = dispatch(ORDERS, records);

        assertThat(outcomes(decisions))
                .containsExactly(
                        Outcome.ACCEPTED,
                        Outcome.FAILED,
                        Outcome.NOT_REACHED,
                        Outcome.ACCEPTED,
                        Outcome.ACCEPTED,
                        Outcome.NOT_REACHED);
        assertThat(starter.names()).doesNotContain("orders--3", "orders--6");
    }

    @Test
    void records_that_stand_alone_stop_nothing() {
        starter.answering("orders--1", NO_PERMISSION);

        assertThat(outcomes(dispatch(ORDERS, List.of(order("1"), order("2")))))
                .containsExactly(Outcome.FAILED, Outcome.ACCEPTED);
    }

    @Test
    void what_comes_before_in_its_group_is_worked_on_although_a_later_one_is_returned() throws InterruptedException {
        CountDownLatch laterHasFailed = new CountDownLatch(1);
        starter.answering("orders--1", request -> {
            await(laterHasFailed);
            return new StartAnswer.Accepted(request.name(), null);
        });
        starter.answering("orders--3", request -> NO_PERMISSION);
        starter.answering("orders--2", request -> {
            await(laterHasFailed);
            return new StartAnswer.Accepted(request.name(), null);
        });
        Dispatch noticing = ORDERS.deadLetters(letter -> {}).concurrency(3);
        List<Incoming> records = together(
                inLane("shard", "a", "1"),
                inLane("shard", "b", "2"),
                inLane("shard", "c", "3"),
                // its lane goes on once the third has failed
                inLane("shard", "c", "4"),
                List.of(Records.record("poison", "nonsense")));
        starter.answering("orders--4", request -> {
            throw new AssertionError("it comes after one that is returned");
        });

        Thread releases = new Thread(() -> {
            while (starter.names().stream().noneMatch("orders--3"::equals)) {
                Thread.onSpinWait();
            }
            laterHasFailed.countDown();
        });
        releases.start();
        List<Decision> decisions = dispatch(noticing, records);
        releases.join();

        assertThat(outcomes(decisions))
                .containsExactly(
                        Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.FAILED, Outcome.NOT_REACHED, Outcome.POISON);
    }

    @Test
    void a_dead_letter_is_out_of_the_way_of_its_group() {
        starter.answering("orders--1", new StartAnswer.Conflict("other payload"));

        List<Decision> decisions = dispatch(ORDERS.deadLetters(letter -> {}), inLane("g", "", "1", "2"));

        assertThat(outcomes(decisions)).containsExactly(Outcome.CONFLICT, Outcome.ACCEPTED);
        assertThat(decisions)
                .allSatisfy(decision -> assertThat(decision.acknowledged()).isTrue());
    }

    @Test
    void when_time_is_out_everybody_has_a_decision_and_nothing_more_is_started() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        List<Incoming> records =
                together(inLane("g", "", "1", "2"), inLane("h", "", "3"), List.of(order("4"), order("5")));
        for (String name : List.of("1", "3", "4", "5")) {
            starter.answering("orders--" + name, request -> {
                await(never);
                return new StartAnswer.Accepted(request.name(), null);
            });
        }
        try (Dispatcher dispatcher = Dispatcher.of(ORDERS.concurrency(3), starter)) {
            List<Decision> decisions = dispatcher.dispatch(records, Duration.ofMillis(200));

            assertThat(outcomes(decisions)).containsOnly(Outcome.NOT_REACHED);
            assertThat(decisions)
                    .allSatisfy(decision -> assertThat(decision.acknowledged()).isFalse());
            never.countDown();
            // the same three threads work on what comes next, so what they were at is over by then
            assertThat(outcomes(dispatcher.dispatch(List.of(order("6"), order("7"), order("8"), order("9")), MINUTE)))
                    .containsOnly(Outcome.ACCEPTED);
        }
        assertThat(starter.names()).doesNotContain("orders--2", "orders--5");
    }

    @Test
    void the_same_record_twice_in_a_batch_is_decided_twice() {
        assertThat(outcomes(dispatch(ORDERS, List.of(order("1"), order("1"))))).containsOnly(Outcome.ACCEPTED);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
