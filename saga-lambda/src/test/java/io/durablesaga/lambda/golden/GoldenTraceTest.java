package io.durablesaga.lambda.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.lambda.scenario.Run;
import io.durablesaga.lambda.scenario.Scenario;
import io.durablesaga.lambda.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the sagas record, update by update, compared with {@code src/test/resources/golden}. */
class GoldenTraceTest {
    private static final Path GOLDEN = Recorded.folder("golden");

    @TempDir
    private Path folder;

    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void a_saga_records_what_it_has_always_recorded(Scenario scenario) throws IOException {
        Path golden = GOLDEN.resolve(scenario + ".txt");
        String trace = Trace.of(Run.of(scenario));
        if (Recorded.anew()) {
            Recorded.write(golden, trace);
        }

        Path now = Files.writeString(folder.resolve(scenario + ".txt"), trace);
        assertThat(golden).as(Recorded.ADVICE).exists();
        assertThat(now).as(Recorded.ADVICE).hasSameTextualContentAs(golden);
    }

    @Test
    void every_trace_is_one_of_a_scenario() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(scenarios().stream()
                            .map(scenario -> scenario + ".txt")
                            .toList());
        }
    }
}
