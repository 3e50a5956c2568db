package io.durablesaga.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.start.Failed;
import io.durablesaga.start.Standing;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartRequest;
import io.durablesaga.start.Throttled;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often and how long the engine is asked, in virtual time. */
class StartingTest {
    private static final Throttled THROTTLED = new Throttled("ConcurrentInvocationLimitExceeded");
    private static final Failed OUTAGE = new Failed("503", true);
    private static final StartAnswer ACCEPTED = new StartAnswer.Accepted("a", "id of a");
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ScriptedStarter starter = new ScriptedStarter();
    private final VirtualTime time = new VirtualTime();
    private final Starting starting = new Starting(starter, Records.ORDERS, time);
    private boolean holds = true;

    private Turn within(Duration duration) {
        Deadline deadline = new Deadline(time, duration);
        return new Turn() {
            @Override
            public boolean holds() {
                return holds;
            }

            @Override
            public Duration left() {
                return deadline.left();
            }
        };
    }

    @Test
    void a_start_that_gets_no_answer_is_tried_again_after_longer_and_longer_waits() throws InterruptedException {
        starter.answering("a", OUTAGE, OUTAGE, OUTAGE);

        assertThat(starting.start("a", "{}", within(LONG))).contains(ACCEPTED);
        assertThat(time.waits).containsExactly(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200));
    }

    @Test
    void after_its_tries_the_last_answer_stands() throws InterruptedException {
        starter.answering("a", OUTAGE, OUTAGE, OUTAGE, OUTAGE, OUTAGE, OUTAGE);

        assertThat(starting.start("a", "{}", within(LONG))).contains(OUTAGE);
        assertThat(starter.started).hasSize(5);
        assertThat(time.waits).hasSize(4);
    }

    @Test
    void whoever_comes_waits_while_the_engine_takes_no_more() throws InterruptedException {
        starter.answering("a", THROTTLED);

        assertThat(new Starting(starter, Records.ORDERS.tries(1), time).start("a", "{}", within(LONG)))
                .contains(THROTTLED);
        assertThat(time.waits).isEmpty();

        starter.answering("b", THROTTLED, THROTTLED);
        Starting shared = new Starting(starter, Records.ORDERS.tries(2), time);
        assertThat(shared.start("b", "{}", within(LONG))).contains(THROTTLED);
        assertThat(time.waits).containsExactly(Duration.ofMillis(50));
        assertThat(shared.start("c", "{}", within(LONG))).contains(new StartAnswer.Accepted("c", "id of c"));
        assertThat(time.waits).containsExactly(Duration.ofMillis(50), Duration.ofMillis(100));
    }

    @Test
    void what_got_no_answer_may_have_been_started_although_the_engine_then_takes_no_more() throws InterruptedException {
        starter.answering("a", THROTTLED, OUTAGE, THROTTLED, THROTTLED, THROTTLED);

        assertThat(starting.start("a", "{}", within(LONG))).contains(OUTAGE);
        assertThat(starter.started).hasSize(5);
    }

    @Test
    void a_wait_that_would_outlast_the_batch_is_not_begun() throws InterruptedException {
        starter.answering("a", OUTAGE, OUTAGE);

        assertThat(starting.start("a", "{}", within(Duration.ofMillis(100)))).contains(OUTAGE);
        assertThat(starter.started).hasSize(2);
        assertThat(time.waits).containsExactly(Duration.ofMillis(50));
    }

    @Test
    void with_no_time_left_nothing_is_asked() throws InterruptedException {
        assertThat(starting.start("a", "{}", within(Duration.ofMillis(19)))).isEmpty();
        assertThat(starting.standing(new StartAnswer.Accepted("a", null), within(Duration.ZERO)))
                .isEmpty();
        assertThat(starter.started).isEmpty();
        assertThat(starter.asked).isEmpty();
    }

    @Test
    void nothing_is_asked_when_the_process_stood_still_until_time_was_out() throws InterruptedException {
        Iterator<Duration> left = List.of(LONG, Duration.ZERO).iterator();
        Turn frozen = new Turn() {
            @Override
            public boolean holds() {
                return true;
            }

            @Override
            public Duration left() {
                return left.next();
            }
        };

        assertThat(starting.start("a", "{}", frozen)).isEmpty();
        assertThat(starter.started).isEmpty();
    }

    @Test
    void an_answer_may_take_no_longer_than_the_batch_waits() throws InterruptedException {
        starting.start("a", "{}", within(LONG));
        starting.start("b", "{}", within(Duration.ofSeconds(3)));

        assertThat(starter.started)
                .map(StartRequest::within)
                .isEqualTo(List.of(Duration.ofSeconds(5), Duration.ofSeconds(3)));
    }

    @Test
    void a_record_whose_turn_is_over_is_not_tried_again() throws InterruptedException {
        starter.answering("a", request -> {
            holds = false;
            return OUTAGE;
        });

        assertThat(starting.start("a", "{}", within(LONG))).contains(OUTAGE);
        assertThat(starter.started).hasSize(1);
        assertThat(time.waits).isEmpty();
    }

    @Test
    void a_question_is_asked_again_like_a_start() throws InterruptedException {
        starter.standing("a", OUTAGE, THROTTLED, new Standing(Standing.State.STOPPED, ""));

        assertThat(starting.standing(new StartAnswer.Accepted("a", null), within(LONG)))
                .contains(new Standing(Standing.State.STOPPED, ""));
        assertThat(starter.asked).hasSize(3);
    }
}
