package io.durablesaga.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Bound;
import io.durablesaga.Saga;
import io.durablesaga.engine.Decision;
import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.exploration.Sampling;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.world.World;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Right sagas survive: every node, every fault, every choice of what fails. What cries wolf here is the explorer. */
class CatalogueTest {
    @Test
    void every_kind_of_undo() {
        survives(Catalogue::undos);
    }

    @Test
    void parallel_members_and_branches() {
        survives(Catalogue::parallel);
    }

    @Test
    void undos_in_parallel() {
        survives(Catalogue::parallelUndo);
    }

    @Test
    void items_one_after_the_other() {
        survives(catalogue -> catalogue.each(Bound.atMost(3)));
    }

    @Test
    void items_at_the_same_time() {
        survives(catalogue -> catalogue.each(Bound.atMost(3).concurrently(2)));
    }

    @Test
    void items_of_two_steps_one_after_the_other() {
        survives(catalogue -> catalogue.eachOfTwo(Bound.atMost(2)));
    }

    @Test
    void items_of_two_steps_at_the_same_time_undone_at_the_same_time() {
        survives(
                catalogue -> catalogue.eachOfTwo(Bound.atMost(2).concurrently(2).undoingInParallel()));
    }

    @Test
    void captures_sleeps_polls_and_choices() {
        survives(Catalogue::waiting);
    }

    @Test
    void an_input_that_is_refused() {
        survives(Catalogue::refusing, SagaCrashTest::neverCompletes);
    }

    @Test
    void a_poll_that_looks_thousands_of_times_comes_to_an_end() {
        SagaCrashTest.of(world -> new Catalogue(world).patient())
                .input("books")
                .exhaustive(0)
                .check();
    }

    @Test
    void callbacks() {
        survives(Catalogue::awaiting, test -> test.answering(Catalogue.ANSWER, "yes"));
    }

    @Test
    void nested_sagas() {
        survives(Catalogue::nested);
    }

    @Test
    void a_pivot() {
        survives(Catalogue::pivoting);
    }

    @Test
    void a_pivot_and_somebody_who_decides() {
        survives(Catalogue::pivoting, test -> test.deciding(new Decision.Resolved("done by hand")));
    }

    @Test
    void retries() {
        survives(Catalogue::retrying);
    }

    @Test
    void undos_that_hold_others_and_park() {
        survives(Catalogue::holding);
    }

    @Test
    void undos_that_park_and_somebody_who_decides() {
        survives(Catalogue::holding, test -> test.deciding(new Decision.Retry()));
        survives(Catalogue::holding, test -> test.deciding(new Decision.Skip("not worth it")));
    }

    @Test
    void invoked_sagas() {
        survives(Catalogue::invoking, test -> test.alongside(Catalogue.invoked()));
    }

    private static void survives(Function<Catalogue, Saga<String, String>> saga) {
        survives(saga, test -> test);
    }

    private static void survives(
            Function<Catalogue, Saga<String, String>> saga, UnaryOperator<SagaCrashTest<World, String, String>> more) {
        SagaCrashTest<World, String, String> test = SagaCrashTest.of(world -> saga.apply(new Catalogue(world)))
                .input("books")
                .faults(Fault.values())
                .barrier(Catalogue.FIRST, Catalogue.SECOND, Catalogue.THIRD, Catalogue.FOURTH, Catalogue.ANSWER)
                .observing(world -> world.applied().keySet())
                .exhaustive(1)
                .then(Sampling.sampled(3, 300))
                .budget(Duration.ofMinutes(2));

        Report report = more.apply(test).check();

        assertThat(report.explored(1)).isEqualTo(report.existing(1)).isPositive();
    }
}
