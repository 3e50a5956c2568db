package io.durablesaga.lambda.costs;

import io.durablesaga.lambda.scenario.Program;
import io.durablesaga.lambda.scenario.Run;
import io.durablesaga.lambda.scenario.Scenario;
import io.durablesaga.lambda.scenario.Scenarios;
import io.durablesaga.lambda.scenario.World;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One saga beside the same by hand.
 *
 * @param what it is
 * @param ours what the saga costs
 * @param byHand what it costs by hand, written with as few operations as can be
 * @param documented what it costs by hand where it is written as the SDK's documentation has it, or null where that is the same
 * @param complaints what is wrong with it
 */
record Row(String what, Cost ours, Cost byHand, @Nullable Cost documented, List<String> complaints) {

    static Row of(String what, String scenario, Program byHand) {
        return of(what, scenario, byHand, null);
    }

    static Row of(String what, String scenario, Program byHand, @Nullable Program documented) {
        Scenario saga = Scenarios.named(scenario);
        Run ours = Run.of(saga);
        Run hand = Run.of(saga.by(byHand));
        Run other = documented == null ? null : Run.of(saga.by(documented));
        Stream<String> different = Stream.of(hand, other == null ? hand : other)
                .filter(run -> !ran(run).equals(ran(ours)))
                .map(run -> "by hand, something else has run: " + ran(run) + " instead of " + ran(ours));
        Stream<String> more = Cost.of(ours).more(Cost.of(hand)).stream().map(units -> "the saga takes " + units);
        return new Row(
                what,
                Cost.of(ours),
                Cost.of(hand),
                other == null ? null : Cost.of(other),
                Stream.concat(different, more).map(wrong -> what + ": " + wrong).toList());
    }

    /** Only what does the same is compared. */
    private static List<String> ran(Run run) {
        return run.attempts().stream().map(World.Attempt::toString).sorted().toList();
    }
}
