package io.durablesaga.testing;

import io.durablesaga.Bound;
import org.junit.jupiter.api.Test;

/** What the crash explorer has found in the library, each with the schedule that showed it. */
class FoundTest {
    /** A step took the place of a branch, found no record there, and ran. The contract has it for every engine. */
    @Test
    void another_definition_does_not_run_where_a_branch_was_recorded() {
        SagaCrashTest.of(world -> new Catalogue(world)
                        .eachOfTwo(Bound.atMost(2).concurrently(2).undoingInParallel()))
                .input("books")
                .replay("redefined@recorded:room[a]/first#1");
    }
}
