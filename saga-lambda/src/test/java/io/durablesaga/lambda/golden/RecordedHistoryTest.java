package io.durablesaga.lambda.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.lambda.scenario.Run;
import io.durablesaga.lambda.scenario.Scenario;
import io.durablesaga.lambda.scenario.Scenarios;
import io.durablesaga.lambda.scenario.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.lambda.durable.model.DurableExecutionInput;

/** Executions in the middle of every saga, of {@code src/test/resources/histories}, that the code of now goes on with. */
class RecordedHistoryTest {
    private static final Path HISTORIES = Recorded.folder("histories");

    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void an_execution_goes_on_from_what_was_recorded_of_it(Scenario scenario) throws IOException {
        Path folder = HISTORIES.resolve(scenario.name());
        if (Recorded.anew()) {
            record(scenario, folder);
        }

        List<Path> files = History.files(folder);
        assertThat(files).as(Recorded.ADVICE).isNotEmpty();
        for (Path file : files) {
            History recorded = History.read(file);
            Run run = goOn(scenario, recorded, file);
            History now = History.of(recorded.state(), run);
            assertThat(now.end())
                    .as("%s: how it ends. %s", file, Recorded.ADVICE)
                    .isEqualTo(recorded.end());
            assertThat(now.ran()).as("%s: what runs. %s", file, Recorded.ADVICE).isEqualTo(recorded.ran());
            assertThat(notBegun(run)).as("%s: what runs again", file).isEmpty();
        }
    }

    private static Run goOn(Scenario scenario, History recorded, Path file) {
        try {
            return Run.from(scenario, recorded.state());
        } catch (AssertionError stopped) {
            throw new AssertionError(file + " does not go on. " + Recorded.ADVICE, stopped);
        }
    }

    /** What runs although it was not begun. What has ended in a recorded state cannot be begun again: the service refuses. */
    private static List<World.Attempt> notBegun(Run run) {
        List<World.Attempt> left = new ArrayList<>(run.attempts());
        run.checkpoints().stream()
                .flatMap(call -> call.changes().stream())
                .filter(change -> change.update().type() == OperationType.STEP)
                .filter(change -> change.update().action() == OperationAction.START)
                .map(change -> new World.Attempt(
                        change.update().name(), change.operation().stepDetails().attempt() + 1))
                .forEach(left::remove);
        return left;
    }

    private static void record(Scenario scenario, Path folder) throws IOException {
        for (Path old : History.files(folder)) {
            Files.delete(old);
        }
        int number = 1;
        for (DurableExecutionInput state : Run.of(scenario).states()) {
            History.of(state, Run.from(scenario, state)).write(folder.resolve(number + ".json"));
            number++;
        }
    }

    @Test
    void every_history_is_one_of_a_scenario() throws IOException {
        assertThat(History.files(HISTORIES).stream()
                        .map(folder -> folder.getFileName().toString()))
                .containsExactlyInAnyOrderElementsOf(
                        scenarios().stream().map(Scenario::name).toList());
    }
}
