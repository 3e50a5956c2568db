package io.durablesaga.dispatcher;

import static io.durablesaga.dispatcher.Records.ORDERS;
import static io.durablesaga.dispatcher.Records.one;
import static io.durablesaga.dispatcher.Records.order;
import static io.durablesaga.dispatcher.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.dispatcher.DeadLetters.DeadLetter;
import io.durablesaga.start.Failed;
import io.durablesaga.start.Standing;
import io.durablesaga.start.Throttled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes of a record that comes again, and of a dead letter that is sent again. */
class ComesAgainTest {
    private final ScriptedStarter starter = new ScriptedStarter();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final Dispatch withLetters = ORDERS.deadLetters(letters::add);

    @ParameterizedTest
    @EnumSource(
            value = Standing.State.class,
            names = {"RUNNING", "COMPLETED"})
    void a_record_that_comes_again_to_an_execution_that_runs_or_has_completed_is_a_duplicate(Standing.State state) {
        starter.standing("orders--4711", state);

        Decision decision = one(withLetters, starter, order("4711").arriving(Arrival.AGAIN));

        assertThat(decision.outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(decision.acknowledged()).isTrue();
        assertThat(decision.deadLettered()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Standing.State.class,
            names = {"FAILED", "TIMED_OUT", "STOPPED"})
    void a_record_that_comes_again_to_an_execution_that_ended_badly_is_not_taken_for_done(Standing.State state) {
        starter.standing("orders--4711", state).standing("orders--4711", state);

        assertThat(one(ORDERS, starter, order("4711").arriving(Arrival.AGAIN))).satisfies(decision -> {
            assertThat(decision.outcome()).isEqualTo(Outcome.ENDED_BADLY);
            assertThat(decision.acknowledged()).isFalse();
        });
        assertThat(one(withLetters, starter, order("4711").arriving(Arrival.AGAIN)))
                .satisfies(decision -> assertThat(decision.deadLettered()).isTrue());
    }

    @Test
    void a_saga_that_was_undone_is_done_unless_said_otherwise() {
        starter.standing("orders--1", Standing.State.COMPENSATED).standing("orders--2", Standing.State.COMPENSATED);
        Dispatch putAway = withLetters.on(Outcome.COMPENSATED, Treatment.DEAD_LETTER);

        assertThat(one(withLetters, starter, order("1").arriving(Arrival.AGAIN)))
                .satisfies(decision -> {
                    assertThat(decision.outcome()).isEqualTo(Outcome.COMPENSATED);
                    assertThat(decision.acknowledged()).isTrue();
                    assertThat(decision.deadLettered()).isFalse();
                });
        assertThat(one(putAway, starter, order("2").arriving(Arrival.AGAIN)).deadLettered())
                .isTrue();
    }

    @Test
    void an_execution_that_is_not_to_be_seen_yet_is_new() {
        starter.standing("orders--4711", Standing.State.UNKNOWN);

        assertThat(one(ORDERS, starter, order("4711").arriving(Arrival.AGAIN)).outcome())
                .isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void a_record_whose_execution_cannot_be_looked_up_is_returned() {
        starter.standing("orders--1", new Failed("lambda:GetDurableExecution is missing", false));
        starter.standing("orders--2", new Throttled("slow"));

        assertThat(one(ORDERS, starter, order("1").arriving(Arrival.AGAIN))).satisfies(decision -> {
            assertThat(decision.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(decision.acknowledged()).isFalse();
            assertThat(decision.detail()).contains("lambda:GetDurableExecution");
        });
        assertThat(one(ORDERS.tries(1), starter, order("2").arriving(Arrival.AGAIN))
                        .outcome())
                .isEqualTo(Outcome.THROTTLED);
    }

    @Test
    void whom_to_look_up_can_be_said() {
        one(ORDERS.lookUp(LookUp.ALWAYS), starter, order("1"));
        one(ORDERS.lookUp(LookUp.NEVER), starter, order("2").arriving(Arrival.AGAIN));
        one(ORDERS, starter, order("3").arriving(Arrival.UNMARKED));
        one(ORDERS, starter, order("4").keeping(new Incoming.Kept(Optional.empty(), Optional.empty())));

        assertThat(starter.asked).containsExactly("orders--1", "orders--4");
    }

    @Test
    void a_new_attempt_goes_under_the_next_name_until_one_does_not_end_badly() {
        starter.standing("orders--4711", Standing.State.FAILED)
                .standing("orders--4711--2", Standing.State.TIMED_OUT)
                .standing("orders--4711--3", Standing.State.UNKNOWN);
        Dispatch anew = withLetters.on(Outcome.ENDED_BADLY, Treatment.NEXT_ATTEMPT);

        Decision decision = one(anew, starter, order("4711").arriving(Arrival.AGAIN));

        assertThat(starter.names()).containsExactly("orders--4711", "orders--4711--2", "orders--4711--3");
        assertThat(starter.started)
                .allSatisfy(start -> assertThat(start.payload()).isEqualTo("{\"order\":\"4711\"}"));
        assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(decision.name()).isEqualTo("orders--4711--3");
        assertThat(letters).isEmpty();
    }

    @Test
    void after_the_last_attempt_a_record_is_put_away_under_its_first_name() {
        starter.standing("orders--4711", Standing.State.FAILED).standing("orders--4711--2", Standing.State.FAILED);
        Dispatch anew =
                withLetters.on(Outcome.ENDED_BADLY, Treatment.NEXT_ATTEMPT).mostAttempts(2);

        Decision decision = one(anew, starter, order("4711").arriving(Arrival.AGAIN));

        assertThat(decision.deadLettered()).isTrue();
        assertThat(decision.name()).isEqualTo("orders--4711--2");
        assertThat(letters)
                .singleElement()
                .satisfies(letter -> assertThat(letter.name()).contains("orders--4711"));
    }

    @Test
    void a_dead_letter_that_is_sent_again_keeps_its_name_and_its_origin() {
        Dispatch enveloped = Dispatch.into("orders").envelope(true);
        Incoming first = record("first-id", "{}");
        one(enveloped, starter, first);
        DeadLetter letter = new DeadLetter(
                first, Outcome.ENDED_BADLY, Optional.of(starter.names().get(0)), "");

        one(enveloped, starter, record("second-id", "{}").keeping(letter.kept()));

        assertThat(starter.started.get(1).name())
                .isEqualTo(starter.started.get(0).name());
        assertThat(starter.started.get(1).payload())
                .isEqualTo(starter.started.get(0).payload());
    }

    @Test
    void a_name_that_is_none_of_this_scope_is_not_kept() {
        Incoming forged = order("4711").keeping(new Incoming.Kept(Optional.of("refunds--1"), Optional.empty()));

        assertThat(one(ORDERS, starter, forged).name()).isEqualTo("orders--4711");
    }
}
