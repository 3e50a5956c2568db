package io.durablesaga.properties.concurrency;

import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Random operations on random threads, many times over: what each is told must be what it could have been told one after the
 * other. Lincheck draws the operations from a seed of its own that never changes; which threads come first, the machine draws.
 */
class ConcurrencyTest {
    private static StressOptions stress() {
        return new StressOptions().threads(3).actorsBefore(0).actorsAfter(1);
    }

    @Test
    void changes_handed_to_the_committer_at_the_same_time_are_applied_one_after_the_other() {
        stress().actorsPerThread(3)
                .iterations(20)
                .invocationsPerIteration(300)
                .sequentialSpecification(CommitterOperations.Alone.class)
                .check(CommitterOperations.class);
    }

    @Test
    void a_callback_is_ended_once_by_whoever_comes_first_time_included() {
        stress().actorsPerThread(2)
                .iterations(15)
                .invocationsPerIteration(100)
                .sequentialSpecification(AnswerOperations.Alone.class)
                .check(AnswerOperations.class);
    }

    @Test
    void a_name_is_started_once_and_with_one_input_whoever_comes_first() {
        stress().actorsPerThread(2)
                .iterations(15)
                .invocationsPerIteration(100)
                .sequentialSpecification(StartOperations.Alone.class)
                .check(StartOperations.class);
    }
}
