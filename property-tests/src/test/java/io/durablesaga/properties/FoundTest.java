package io.durablesaga.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.properties.Behaviour.Then;
import io.durablesaga.properties.Crash.AtWrite;
import io.durablesaga.properties.Crash.How;
import io.durablesaga.properties.Crash.InBody;
import io.durablesaga.properties.NodeSpec.Answer;
import io.durablesaga.properties.NodeSpec.Await;
import io.durablesaga.properties.NodeSpec.Invoke;
import io.durablesaga.properties.NodeSpec.Member;
import io.durablesaga.properties.NodeSpec.Parallel;
import io.durablesaga.properties.NodeSpec.Poll;
import io.durablesaga.properties.NodeSpec.Step;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What random sagas have found, as small as it became. */
class FoundTest {
    static final List<Engine> ENGINES = Engine.ALL;

    private static final UndoSpec UNDONE = UndoSpec.By.FINE;

    @ParameterizedTest
    @FieldSource("ENGINES")
    void an_execution_goes_on_whose_start_was_durable_and_not_acknowledged(Engine engine) {
        check(engine, List.of(step(Behaviour.FINE)), new AtWrite(1, How.CONNECTION_LOST_AFTER));
    }

    @ParameterizedTest
    @FieldSource("ENGINES")
    void an_execution_goes_on_whose_callback_was_durably_completed_and_not_acknowledged(Engine engine) {
        for (int write = 1; write <= 5; write++) {
            check(
                    engine,
                    List.of(new Await("", work(Behaviour.FINE), Answer.ANSWERED, false, false, UNDONE)),
                    new AtWrite(write, How.CONNECTION_LOST_AFTER));
        }
    }

    @ParameterizedTest
    @FieldSource("ENGINES")
    void an_invoked_saga_that_refuses_its_input_refuses_it_also_when_that_could_not_be_written(Engine engine) {
        SagaSpec refusing = new SagaSpec(true, List.of(step(Behaviour.FINE)), List.of(), false);
        check(
                engine,
                List.of(step(Behaviour.FINE), new Invoke("", false, refusing, UNDONE)),
                new AtWrite(3, How.CONNECTION_LOST_BEFORE));
    }

    /** The records of a group of writes whose commit was not acknowledged were written twice: here, a look counted as two. */
    @ParameterizedTest
    @FieldSource("ENGINES")
    void a_look_that_was_durable_and_not_acknowledged_counts_once(Engine engine) {
        check(
                engine,
                List.of(new Poll("", 4, 3, false, true)),
                new InBody(Body.forward("a"), 1, true),
                new AtWrite(2, How.CONNECTION_LOST_AFTER));
    }

    @ParameterizedTest
    @FieldSource("ENGINES")
    void a_rejection_that_was_lost_in_a_crash_is_unknown_when_it_comes_again(Engine engine) {
        Member rejected = new Member(null, List.of(step(new Behaviour(0, false, Then.REJECTS))));
        Member fine = new Member(null, List.of(step(Behaviour.FINE)));
        check(engine, List.of(new Parallel("", List.of(rejected, fine), false)), new AtWrite(2, How.DIES_BEFORE));
    }

    private static NodeSpec step(Behaviour behaviour) {
        return new Step("", work(behaviour), false, UNDONE);
    }

    private static Work work(Behaviour behaviour) {
        return new Work(behaviour, 1, List.of());
    }

    private static void check(Engine engine, List<NodeSpec> nodes, Crash... crashes) {
        SagaSpec saga = Names.given(new SagaSpec(false, nodes, List.of(), false));
        Plan plan = new Plan(saga, List.of(crashes));
        Trial trial = Trial.of(engine, plan);
        assertThat(trial.problems()).as(() -> trial.story(engine, plan)).isEmpty();
        assertThat(trial.outcome().faults().fired()).containsExactlyInAnyOrder(crashes);
    }
}
