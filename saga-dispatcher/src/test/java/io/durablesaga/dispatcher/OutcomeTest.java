package io.durablesaga.dispatcher;

import static io.durablesaga.dispatcher.Records.ORDERS;
import static io.durablesaga.dispatcher.Records.one;
import static io.durablesaga.dispatcher.Records.order;
import static io.durablesaga.dispatcher.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.claimcheck.CheckedInput;
import io.durablesaga.claimcheck.ClaimCheck;
import io.durablesaga.claimcheck.FolderClaimCheck;
import io.durablesaga.dispatcher.DeadLetters.DeadLetter;
import io.durablesaga.start.Failed;
import io.durablesaga.start.Standing;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.Throttled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes of a record that stands alone, and what becomes of it. */
class OutcomeTest {
    private final ScriptedStarter starter = new ScriptedStarter();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final Dispatch withLetters = ORDERS.deadLetters(letters::add);

    @Test
    void a_record_is_started_under_its_key_on_its_canonical_body_and_acknowledged() {
        Decision decision = one(ORDERS, starter, record("id", "{\"total\": 3, \"order\": \"4711\"}"));

        assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(decision.acknowledged()).isTrue();
        assertThat(decision.name()).isEqualTo("orders--4711");
        assertThat(starter.started).singleElement().satisfies(start -> {
            assertThat(start.name()).isEqualTo("orders--4711");
            assertThat(start.payload()).isEqualTo("{\"order\":\"4711\",\"total\":3}");
        });
        assertThat(starter.asked).isEmpty();
    }

    @Test
    void a_conflict_is_returned_where_there_are_no_dead_letters() {
        starter.answering("orders--4711", new StartAnswer.Conflict("in use for another payload"));

        Decision decision = one(ORDERS, starter, order("4711"));

        assertThat(decision.outcome()).isEqualTo(Outcome.CONFLICT);
        assertThat(decision.acknowledged()).isFalse();
        assertThat(decision.detail()).isEqualTo("in use for another payload");
        assertThat(starter.started).hasSize(1);
    }

    @Test
    void a_conflict_goes_to_the_dead_letters_with_its_name_and_is_acknowledged_then() {
        starter.answering("orders--4711", new StartAnswer.Conflict("in use for another payload"));
        Incoming record = order("4711");

        Decision decision = one(withLetters, starter, record);

        assertThat(decision.acknowledged()).isTrue();
        assertThat(decision.deadLettered()).isTrue();
        assertThat(letters)
                .containsExactly(new DeadLetter(
                        record, Outcome.CONFLICT, Optional.of("orders--4711"), "in use for another payload"));
    }

    @Test
    void a_record_that_the_dead_letters_do_not_take_is_returned() {
        Dispatch broken = ORDERS.deadLetters(letter -> {
            throw new IllegalStateException("secret");
        });

        Decision decision = one(broken, starter, record("id", "no json"));

        assertThat(decision.outcome()).isEqualTo(Outcome.POISON);
        assertThat(decision.acknowledged()).isFalse();
        assertThat(decision.deadLettered()).isFalse();
        assertThat(decision.detail()).contains("IllegalStateException").doesNotContain("secret");
    }

    @Test
    void a_refused_payload_is_put_away_and_never_tried_twice() {
        starter.answering("orders--4711", new StartAnswer.Refused("no input of the saga"));

        assertThat(one(withLetters, starter, order("4711")).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(starter.started).hasSize(1);
        assertThat(letters).hasSize(1);
    }

    @Test
    void what_is_throttled_or_fails_to_the_end_is_returned_and_never_put_away() {
        starter.answering("orders--1", new Throttled("slow"), new Throttled("slow"));
        starter.answering("orders--2", new Failed("no answer", true), new Failed("no answer", true));
        Dispatch two = withLetters.tries(2);

        assertThat(one(two, starter, order("1"))).satisfies(decision -> {
            assertThat(decision.outcome()).isEqualTo(Outcome.THROTTLED);
            assertThat(decision.acknowledged()).isFalse();
        });
        assertThat(one(two, starter, order("2"))).satisfies(decision -> {
            assertThat(decision.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(decision.acknowledged()).isFalse();
        });
        assertThat(letters).isEmpty();
    }

    @Test
    void what_will_not_pass_is_not_tried_again_in_this_batch() {
        starter.answering("orders--1", new Failed("no permission", false));

        assertThat(one(ORDERS, starter, order("1")).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(starter.started).hasSize(1);
    }

    @Test
    void a_starter_that_throws_leaves_the_record_with_its_source() {
        starter.answering("orders--1", request -> {
            throw new IllegalStateException("secret");
        });

        Decision decision = one(withLetters, starter, order("1"));

        assertThat(decision.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(decision.acknowledged()).isFalse();
        assertThat(decision.detail()).doesNotContain("secret");
        assertThat(letters).isEmpty();
    }

    @Test
    void a_payload_that_is_too_large_is_refused_and_not_even_sent() {
        starter.largest = 20;

        Decision decision = one(ORDERS, starter, record("id", "{\"order\":\"4711\",\"note\":\"ää\"}"));

        assertThat(decision.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(decision.detail()).contains("30 bytes").contains("takes 20");
        assertThat(starter.started).isEmpty();
    }

    @Test
    void a_payload_that_is_too_large_is_started_as_what_its_claim_check_gives() {
        starter.largest = 20;
        Dispatch checked = ORDERS.largePayloads((name, payload) -> "{\"at\":\"" + payload.length() + "\"}");

        Decision decision = one(checked, starter, record("id", "{\"order\":\"4711\",\"note\":\"long\"}"));

        assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(starter.started).singleElement().satisfies(start -> {
            assertThat(start.name()).isEqualTo("orders--4711");
            assertThat(start.payload()).isEqualTo("{\"at\":\"30\"}");
        });
    }

    @Test
    void a_payload_in_a_claim_check_is_what_the_record_said_and_its_start_always_the_same(@TempDir Path folder)
            throws Exception {
        starter.largest = 220;
        ClaimCheck claims = new FolderClaimCheck(folder);
        Dispatch checked = ORDERS.largePayloads(LargePayloads.in(claims));
        Incoming large = record("id", "{\"order\":\"4711\",\"note\":\"" + "long".repeat(100) + "\"}");

        one(checked, starter, large);
        one(checked, starter, large);

        JsonNode started = CanonicalJson.read(starter.started.get(0).payload()).get("checkedInput");
        CheckedInput input = new CheckedInput(
                started.get("key").textValue(), started.get("sha256").textValue());
        assertThat(input.fetch(claims)).isEqualTo("{\"note\":\"" + "long".repeat(100) + "\",\"order\":\"4711\"}");
        assertThat(starter.started.get(1).payload())
                .isEqualTo(starter.started.get(0).payload());
    }

    @Test
    void a_claim_check_that_is_out_of_reach_leaves_the_record_with_its_source() {
        starter.largest = 20;
        Dispatch checked = withLetters.largePayloads((name, payload) -> {
            throw new java.io.IOException("secret");
        });

        Decision decision = one(checked, starter, record("id", "{\"order\":\"4711\",\"note\":\"long\"}"));

        assertThat(decision.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(decision.acknowledged()).isFalse();
        assertThat(decision.detail()).contains("IOException").doesNotContain("secret");
    }

    @Test
    void what_a_claim_check_gives_may_not_be_too_large_either() {
        starter.largest = 20;
        Dispatch checked = ORDERS.largePayloads((name, payload) -> payload);

        assertThat(one(checked, starter, record("id", "{\"order\":\"4711\",\"note\":\"long\"}"))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
    }

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
