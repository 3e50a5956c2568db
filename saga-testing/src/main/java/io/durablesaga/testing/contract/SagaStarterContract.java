package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.start.SagaStarter;
import io.durablesaga.start.Standing;
import io.durablesaga.start.Standing.State;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartAnswer.Accepted;
import io.durablesaga.start.StartAnswer.Conflict;
import io.durablesaga.start.StartAnswer.Refused;
import io.durablesaga.start.StartRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every starter of sagas must do: one execution per name, and the truth about what it was started with. */
public abstract class SagaStarterContract {
    private static final int THREADS = 8;
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final String NAME = "order-1";
    private static final String BOOKS = "{\"item\":\"books\",\"quantity\":2}";
    private static final String SHOES = "{\"item\":\"shoes\",\"quantity\":2}";

    private SagaStarter starter;

    /** For subclasses. */
    protected SagaStarterContract() {}

    /** The input of the sagas that are started here. */
    public record Order(String item, int quantity) {}

    /**
     * A starter, where there are no executions yet, of a saga that takes an {@link Order} and waits until it is ended by
     * {@link #end}. Whoever extends the suite closes what must be closed.
     */
    protected abstract SagaStarter open() throws Exception;

    /** The names of all executions that there are, in any order, one for each. */
    protected abstract List<String> executions() throws Exception;

    /** Ends an execution that waits in one of the ways of {@link #ends}, and returns once it has ended. */
    protected abstract void end(String name, State end) throws Exception;

    /** The ways in which executions end here; more where there are more. */
    protected Set<State> ends() {
        return EnumSet.of(State.COMPLETED, State.COMPENSATED, State.FAILED);
    }

    @BeforeEach
    void openStarter() throws Exception {
        starter = open();
    }

    @Test
    void what_is_started_is_accepted_under_its_name_and_exists_once() throws Exception {
        assertThat(accepted(NAME, BOOKS).name()).isEqualTo(NAME);
        assertThat(executions()).containsExactly(NAME);
    }

    @Test
    void the_same_name_and_payload_again_is_the_same_execution() throws Exception {
        Accepted first = accepted(NAME, BOOKS);
        assertSame(first, accepted(NAME, BOOKS));
        assertThat(executions()).containsExactly(NAME);
    }

    @Test
    void the_same_name_and_payload_after_the_end_is_the_execution_that_has_ended() throws Exception {
        for (State end : ends()) {
            String name = "order-" + end;
            Accepted first = accepted(name, BOOKS);
            end(name, end);
            assertSame(first, accepted(name, BOOKS));
            assertThat(standing(first).state()).isEqualTo(end);
        }
        assertThat(executions()).hasSize(ends().size()).doesNotHaveDuplicates();
    }

    @Test
    void the_same_input_in_another_writing_starts_nothing_more() throws Exception {
        Accepted first = accepted(NAME, BOOKS);
        for (String written : List.of(
                "{\"quantity\":2,\"item\":\"books\"}",
                " {\n \"item\" : \"books\",\n \"quantity\" : 2 }\n",
                "{\"item\":\"\\u0062ooks\",\"quantity\":2}")) {
            StartAnswer answer = start(NAME, written);
            assertThat(answer).as(written).isInstanceOfAny(Accepted.class, Conflict.class);
            if (answer instanceof Accepted again) {
                assertSame(first, again);
            }
        }
        assertThat(executions()).containsExactly(NAME);
    }

    @Test
    void another_payload_under_a_name_in_use_is_a_conflict_and_starts_nothing() throws Exception {
        Accepted first = accepted(NAME, BOOKS);
        assertConflict(start(NAME, SHOES));
        assertThat(executions()).containsExactly(NAME);
        assertThat(standing(first).state()).isEqualTo(State.RUNNING);
        assertSame(first, accepted(NAME, BOOKS));
    }

    @Test
    void another_payload_under_the_name_of_what_has_ended_is_a_conflict_and_starts_nothing() throws Exception {
        for (State end : ends()) {
            Accepted first = accepted("order-" + end, BOOKS);
            end(first.name(), end);
            assertConflict(start(first.name(), SHOES));
            assertThat(standing(first).state()).isEqualTo(end);
        }
        assertThat(executions()).hasSize(ends().size()).doesNotHaveDuplicates();
    }

    @Test
    void executions_of_two_names_are_apart_though_their_payload_is_the_same() throws Exception {
        Accepted one = accepted(NAME, BOOKS);
        Accepted two = accepted("order-2", BOOKS);
        assertThat(executions()).containsExactlyInAnyOrder(NAME, "order-2");
        assertThat(two).isNotEqualTo(one);
        end(NAME, State.COMPLETED);
        assertThat(standing(one).state()).isEqualTo(State.COMPLETED);
        assertThat(standing(two).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void of_eight_who_start_one_name_at_once_all_are_told_of_one_execution() throws Exception {
        List<StartAnswer> answers = Together.all(THREADS, i -> start(NAME, BOOKS));
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isInstanceOf(Accepted.class));
        answers.forEach(answer -> assertSame((Accepted) answers.get(0), (Accepted) answer));
        assertThat(executions()).containsExactly(NAME);
    }

    @Test
    void of_two_payloads_that_are_started_under_one_name_at_once_one_is_in_conflict() throws Exception {
        List<StartAnswer> answers = Together.all(THREADS, i -> start(NAME, i % 2 == 0 ? BOOKS : SHOES));
        int winner = answers.get(0) instanceof Accepted ? 0 : 1;
        for (int i = 0; i < THREADS; i++) {
            assertThat(answers.get(i)).isInstanceOf(i % 2 == winner ? Accepted.class : Conflict.class);
        }
        assertThat(executions()).containsExactly(NAME);
    }

    @Test
    void text_that_is_not_json_is_refused_without_a_word_of_it_and_its_name_stays_free() throws Exception {
        for (String text :
                List.of("", " ", "books", "{", "{\"item\":\"books\"", "{\"item\":books}", BOOKS + " books")) {
            StartAnswer answer = start(NAME, text);
            assertThat(answer).as("'%s'", text).isInstanceOf(Refused.class);
            assertThat(((Refused) answer).detail())
                    .as("'%s'", text)
                    .isNotEmpty()
                    .doesNotContain("books");
        }
        assertThat(executions()).isEmpty();
        accepted(NAME, BOOKS);
    }

    @Test
    void a_payload_is_refused_if_it_is_larger_than_the_largest() throws Exception {
        int largest = starter.largestPayload();
        if (largest == Integer.MAX_VALUE) {
            accepted(NAME, ofBytes(4 * 1024 * 1024)); // no string is too large; this one is for most services
        } else {
            assertThat(start(NAME, ofBytes(largest + 1))).isInstanceOf(Refused.class);
            assertThat(executions()).isEmpty();
            accepted(NAME, ofBytes(largest));
        }
        assertThat(executions()).containsExactly(NAME);
    }

    @Test
    void an_execution_runs_until_it_has_ended_and_then_stands_as_it_ended() throws Exception {
        for (State end : ends()) {
            Accepted execution = accepted("order-" + end, BOOKS);
            assertThat(standing(execution).state()).isEqualTo(State.RUNNING);
            end(execution.name(), end);
            assertThat(standing(execution).state()).isEqualTo(end);
            assertThat(standing(execution).detail()).doesNotContain("books");
        }
    }

    @Test
    void how_an_execution_stands_is_told_by_its_name_alone_where_nothing_else_is_known_of_it() throws Exception {
        accepted(NAME, BOOKS);
        assertThat(standing(new Accepted(NAME, null)).state()).isEqualTo(State.RUNNING);
        end(NAME, State.COMPLETED);
        assertThat(standing(new Accepted(NAME, null)).state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void an_execution_that_does_not_exist_is_unknown() {
        assertThat(standing(new Accepted("nobody", null)).state()).isEqualTo(State.UNKNOWN);
        Accepted first = accepted(NAME, BOOKS);
        if (first.execution() != null) {
            Accepted other = new Accepted(NAME, first.execution() + "0");
            assertThat(standing(other).state()).isEqualTo(State.UNKNOWN);
        }
    }

    private StartAnswer start(String name, String payload) {
        return starter.start(new StartRequest(name, payload, WITHIN));
    }

    private Accepted accepted(String name, String payload) {
        StartAnswer answer = start(name, payload);
        assertThat(answer).isInstanceOf(Accepted.class);
        return (Accepted) answer;
    }

    private Standing standing(Accepted execution) {
        return (Standing) starter.standing(execution, WITHIN);
    }

    /** What the engine calls an execution need not be said each time. */
    private static void assertSame(Accepted one, Accepted other) {
        assertThat(other.name()).isEqualTo(one.name());
        if (one.execution() != null && other.execution() != null) {
            assertThat(other.execution()).isEqualTo(one.execution());
        }
    }

    private static void assertConflict(StartAnswer answer) {
        assertThat(answer).isInstanceOf(Conflict.class);
        assertThat(((Conflict) answer).detail()).isNotEmpty().doesNotContain("books", "shoes");
    }

    /** An order with a name that takes more bytes than characters. */
    private static String ofBytes(int size) {
        String start = "{\"quantity\":2,\"item\":\"";
        int left = size - start.length() - "\"}".length();
        String payload = start + "ü".repeat(left / 2) + "x".repeat(left % 2) + "\"}";
        assertThat(payload.getBytes(StandardCharsets.UTF_8)).hasSize(size);
        return payload;
    }
}
