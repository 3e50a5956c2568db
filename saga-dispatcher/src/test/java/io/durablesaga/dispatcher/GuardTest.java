package io.durablesaga.dispatcher;

import static io.durablesaga.dispatcher.Records.MINUTE;
import static io.durablesaga.dispatcher.Records.ORDERS;
import static io.durablesaga.dispatcher.Records.order;
import static io.durablesaga.dispatcher.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.embedded.EmbeddedEngine;
import io.durablesaga.engine.Sha256;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.start.Failed;
import io.durablesaga.start.Standing;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.Throttled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A record that comes again after the engine has forgotten its execution. */
class GuardTest {
    private final EmbeddedEngine engine = EmbeddedEngine.inMemory();
    private final ScriptedStarter starter = new ScriptedStarter();
    private final List<DeadLetters.DeadLetter> letters = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Dispatch dispatch = ORDERS.guard(engine.idempotencyStore()).deadLetters(letters::add);

    @AfterEach
    void close() {
        engine.close();
    }

    private Decision dispatched(Incoming record) {
        try (Dispatcher dispatcher = Dispatcher.of(dispatch, starter, Sources.systemTime(), () -> now)) {
            List<Decision> decisions = dispatcher.dispatch(List.of(record), MINUTE);
            return decisions.get(0);
        }
    }

    @Test
    void a_record_that_comes_again_is_judged_and_not_started_again() {
        dispatched(order("1"));

        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(starter.names()).containsExactly("orders--1");
        assertThat(starter.asked).containsExactly("orders--1");
    }

    @Test
    void an_execution_that_the_engine_has_forgotten_is_not_started_again_and_not_taken_for_done() {
        dispatched(order("1"));
        now = now.plus(Duration.ofDays(20));
        starter.standing("orders--1", Standing.State.UNKNOWN);

        Decision decision = dispatched(order("1"));

        assertThat(decision.outcome()).isEqualTo(Outcome.FORGOTTEN);
        assertThat(decision.detail()).contains("2026-01-01T00:00:00Z");
        assertThat(letters).hasSize(1);
        assertThat(starter.names()).containsExactly("orders--1");
    }

    @Test
    void an_execution_that_the_engine_is_slow_to_show_has_not_been_forgotten() {
        dispatched(order("1"));
        starter.standing("orders--1", Standing.State.UNKNOWN);

        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.DUPLICATE);
    }

    @Test
    void where_nothing_is_to_be_looked_up_what_the_guard_remembers_is_a_duplicate() {
        dispatch = dispatch.lookUp(LookUp.NEVER);
        dispatched(order("1"));
        now = now.plus(Duration.ofDays(20));

        assertThat(dispatched(order("1").arriving(Arrival.AGAIN)).outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(starter.names()).containsExactly("orders--1");
        assertThat(starter.asked).isEmpty();
    }

    @Test
    void another_payload_under_the_name_is_a_conflict() {
        dispatched(order("1"));

        assertThat(dispatched(record("id", "{\"order\":\"1\",\"other\":true}")).outcome())
                .isEqualTo(Outcome.CONFLICT);
        assertThat(starter.names()).containsExactly("orders--1");
    }

    @Test
    void a_start_of_which_nothing_is_known_is_begun_again() {
        starter.answering("orders--1", new Failed("no answer", false));

        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(starter.names()).containsExactly("orders--1", "orders--1");
    }

    private Claim claimedByAnotherDelivery() {
        return engine.idempotencyStore()
                .claim(IdempotencyStore.Request.of(
                        "start-orders--1", "orders--1 " + Sha256.hex("{\"order\":\"1\"}"), Duration.ofHours(1)));
    }

    @Test
    void a_start_is_remembered_although_another_delivery_has_claimed_it_meanwhile_and_died() {
        starter.answering("orders--1", request -> {
            assertThat(claimedByAnotherDelivery()).isInstanceOf(Claim.Granted.class);
            return new StartAnswer.Accepted("orders--1", "id");
        });

        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.ACCEPTED);
        now = now.plus(Duration.ofDays(20));
        starter.standing("orders--1", Standing.State.UNKNOWN);
        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.FORGOTTEN);
        assertThat(starter.names()).containsExactly("orders--1");
    }

    @Test
    void a_start_that_another_delivery_has_remembered_meanwhile_is_accepted() {
        starter.answering("orders--1", request -> {
            engine.idempotencyStore()
                    .complete(
                            (Claim.Granted) claimedByAnotherDelivery(),
                            "1767225600000 " + Sha256.hex("{\"order\":\"1\"}") + " id");
            return new StartAnswer.Accepted("orders--1", "id");
        });

        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void a_conflict_leaves_the_name_to_nobody_for_it_may_be_this_start_that_the_engine_cannot_show() {
        starter.answering("orders--1", new StartAnswer.Conflict("it is in use, and nobody may read by whom"));

        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.CONFLICT);
        assertThat(dispatched(record("id", "{\"order\":\"1\",\"other\":1}"))).satisfies(other -> {
            assertThat(other.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(other.acknowledged()).isFalse();
        });
        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void a_payload_that_is_refused_leaves_the_name_to_another() {
        starter.answering("orders--1", new StartAnswer.Refused("no order"));

        assertThat(dispatched(record("id", "{\"order\":\"1\",\"wrong\":1}")).outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void a_payload_that_the_engine_had_no_room_for_leaves_the_name_to_another() {
        dispatch = dispatch.tries(1);
        starter.answering("orders--1", new Throttled("TooManyRequests"));

        assertThat(dispatched(record("id", "{\"order\":\"1\",\"wrong\":1}")).outcome())
                .isEqualTo(Outcome.THROTTLED);
        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void a_payload_that_may_have_been_started_keeps_the_name_although_the_engine_has_no_room_now() {
        dispatch = dispatch.tries(1);
        starter.answering("orders--1", new Failed("no answer", true), new Throttled("TooManyRequests"));

        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.THROTTLED);
        assertThat(dispatched(record("id", "{\"order\":\"1\",\"other\":1}"))).satisfies(other -> {
            assertThat(other.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(other.acknowledged()).isFalse();
            assertThat(other.detail()).contains("another payload is being started");
        });
        assertThat(dispatched(order("1")).outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(dispatched(record("id", "{\"order\":\"1\",\"other\":1}")).outcome())
                .isEqualTo(Outcome.CONFLICT);
    }

    @Test
    void an_attempt_under_the_next_name_is_guarded_like_the_first() {
        dispatch = dispatch.on(Outcome.FORGOTTEN, Treatment.NEXT_ATTEMPT);
        dispatched(order("1"));
        now = now.plus(Duration.ofDays(20));
        starter.standing("orders--1", Standing.State.UNKNOWN);

        assertThat(dispatched(order("1")).name()).isEqualTo("orders--1--2");
        starter.standing("orders--1", Standing.State.UNKNOWN);
        assertThat(dispatched(order("1"))).satisfies(decision -> {
            assertThat(decision.name()).isEqualTo("orders--1--2");
            assertThat(decision.outcome()).isEqualTo(Outcome.DUPLICATE);
        });
        assertThat(starter.names()).containsExactly("orders--1", "orders--1--2");
    }

    @Test
    void a_record_under_a_name_that_somebody_else_has_claimed_is_returned() {
        Claim claimed = engine.idempotencyStore()
                .claim(IdempotencyStore.Request.of("start-orders--1", "somebody else", Duration.ofHours(1)));
        assertThat(claimed).isInstanceOf(Claim.Granted.class);

        Decision decision = dispatched(order("1"));

        assertThat(decision.acknowledged()).isFalse();
        assertThat(starter.started).isEmpty();
    }

    @Test
    void a_guard_that_is_out_of_reach_leaves_the_record_with_its_source() {
        dispatch = ORDERS.guard(engine.idempotencyStore());
        engine.close();

        Decision decision = dispatched(order("1"));

        assertThat(decision.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(decision.acknowledged()).isFalse();
        assertThat(starter.started).isEmpty();
    }
}
