package io.durablesaga.properties.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What is wrong is wrong on every JDK, so a build on several has mutants caught on one. */
@DisabledIfSystemProperty(
        named = "mutants",
        matches = "off",
        disabledReason = "-Dmutants=off: they are caught on another JDK; without it they are caught here")
class MutantsTest {
    private static final MutantsReport REPORT = new MutantsReport(System.out);

    @AfterAll
    static void summary() {
        REPORT.summary();
    }

    @TestFactory
    Stream<DynamicTest> the_crash_explorer_finds_nothing_wrong_where_nothing_is_mutated() {
        return Play.all().stream()
                .map(play -> dynamicTest(
                        play.text(),
                        () -> assertThat(REPORT.control(play).counterexample()).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> the_crash_explorer_catches_every_mutant() {
        return Mutants.all().stream()
                .map(mutant -> dynamicTest(
                        mutant.name(),
                        () -> assertThat(REPORT.examine(mutant).counterexample())
                                .as(mutant.wrong())
                                .isPresent()));
    }
}
