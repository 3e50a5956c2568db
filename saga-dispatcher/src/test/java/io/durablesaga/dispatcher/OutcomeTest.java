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
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.Throttled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
