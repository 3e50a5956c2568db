package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.durablesaga.Saga;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The process dies inside bodies, before or after their effect, at every point and at every two points. */
abstract class CrashContract extends SubjectContract {
    private static final List<String> FORWARD = List.of("reserve", "charge", "ship");
    private static final List<String> THERE_AND_BACK =
            List.of("reserve", "charge", "ship", "undo ship", "undo charge", "undo reserve");
    private static final List<String> GROUP = List.of("left", "first", "second", "room[a]", "room[b]", "ship");
    private static final List<String> GROUP_UNDONE =
            List.of("undo ship", "undo room[b]", "undo room[a]", "undo second", "undo first", "undo left");

    /** A death of the process. */
    private record Death(String in, Fault how) {
        @Override
        public String toString() {
            return (how == Fault.DIES ? "before the effect of " : "after the effect of ") + in;
        }
    }

    @TestFactory
    Stream<DynamicTest> a_saga_completes_wherever_it_crashes() {
        return plans(FORWARD)
                .map(deaths -> dynamicTest(
                        "crash " + deaths,
                        () -> inNewWorld(() -> {
                            plan(deaths);
                            Saga<String, String> saga = order();
                            start(saga);
                            reopen();

                            assertThat(completed(saga)).isEqualTo("did reserve, did charge, did ship");
                            assertThat(world.effects()).containsExactlyElementsOf(FORWARD);
                            assertThat(world.attempts()).containsExactlyElementsOf(attempts(FORWARD, deaths));
                            assertThat(world.startedDead()).isEmpty();
                            assertThat(operations())
                                    .containsExactly(
                                            "ACTION reserve COMPLETED",
                                            "ACTION charge COMPLETED",
                                            "ACTION ship COMPLETED");
                        })));
    }

    @TestFactory
    Stream<DynamicTest> a_saga_is_undone_wherever_it_crashes() {
        return plans(THERE_AND_BACK)
                .map(deaths -> dynamicTest(
                        "crash " + deaths,
                        () -> inNewWorld(() -> {
                            plan(deaths);
                            world.plan("ship", Fault.FAILS_AFTER_EFFECT);
                            Saga<String, String> saga = order();
                            start(saga);
                            reopen();

                            assertThat(states(compensated(saga).effects()))
                                    .containsExactly("ship UNDONE", "charge UNDONE", "reserve UNDONE");
                            assertThat(world.effects()).containsExactlyElementsOf(THERE_AND_BACK);
                            assertThat(world.attempts()).containsExactlyElementsOf(attempts(THERE_AND_BACK, deaths));
                            assertThat(world.startedDead()).isEmpty();
                            assertThat(operations())
                                    .containsExactly(
                                            "ACTION reserve COMPLETED",
                                            "ACTION charge COMPLETED",
                                            "ACTION ship FAILED",
                                            "UNDO undo:ship COMPLETED",
                                            "UNDO undo:charge COMPLETED",
                                            "UNDO undo:reserve COMPLETED");
                        })));
    }

    @TestFactory
    Stream<DynamicTest> groups_complete_wherever_they_crash() {
        return plans(GROUP)
                .map(deaths -> dynamicTest(
                        "crash " + deaths,
                        () -> inNewWorld(() -> {
                            plan(deaths);
                            Saga<String, String> saga = group();
                            start(saga);
                            reopen();

                            assertThat(completed(saga))
                                    .isEqualTo("did left, did second, {a=did room[a], b=did room[b]}");
                            assertThat(world.effects())
                                    .containsExactlyInAnyOrderElementsOf(GROUP)
                                    .containsSubsequence("first", "second")
                                    .endsWith("ship");
                            assertThat(operations()).hasSize(6).allMatch(operation -> operation.endsWith("COMPLETED"));
                        })));
    }

    @TestFactory
    Stream<DynamicTest> groups_are_undone_wherever_they_crash() {
        List<String> bodies =
                Stream.concat(GROUP.stream(), GROUP_UNDONE.stream()).toList();
        return singles(bodies)
                .map(deaths -> dynamicTest(
                        "crash " + deaths,
                        () -> inNewWorld(() -> {
                            plan(deaths);
                            world.plan("ship", Fault.FAILS_AFTER_EFFECT);
                            Saga<String, String> saga = group();
                            start(saga);
                            reopen();

                            assertThat(compensated(saga).cause().path()).isEqualTo("ship");
                            assertThat(world.effects()).hasSize(12).containsSubsequence(GROUP_UNDONE);
                            assertThat(world.standing()).isEmpty();
                            assertThat(operations()).hasSize(12);
                        })));
    }

    private void plan(List<Death> deaths) {
        deaths.forEach(death -> world.plan(death.in(), death.how()));
    }

    /** What must have been attempted: every body once, and once more for each death in it. */
    private static List<String> attempts(List<String> bodies, List<Death> deaths) {
        List<String> attempts = new ArrayList<>();
        for (String body : bodies) {
            long died = deaths.stream().filter(death -> death.in().equals(body)).count();
            for (int i = 1; i <= died + 1; i++) {
                attempts.add(body + "#" + i);
            }
        }
        return attempts;
    }

    /** No death, every death, and every two deaths one after the other. */
    private static Stream<List<Death>> plans(List<String> bodies) {
        Stream<List<Death>> pairs = IntStream.range(0, bodies.size())
                .boxed()
                .flatMap(i -> IntStream.range(i, bodies.size())
                        .boxed()
                        .flatMap(j -> deaths(bodies.get(i))
                                .flatMap(one -> deaths(bodies.get(j)).map(other -> List.of(one, other)))));
        return Stream.of(Stream.of(List.<Death>of()), singles(bodies), pairs).flatMap(plans -> plans);
    }

    private static Stream<List<Death>> singles(List<String> bodies) {
        return bodies.stream().flatMap(body -> deaths(body).map(List::of));
    }

    private static Stream<Death> deaths(String body) {
        return Stream.of(new Death(body, Fault.DIES), new Death(body, Fault.DIES_AFTER_EFFECT));
    }
}
