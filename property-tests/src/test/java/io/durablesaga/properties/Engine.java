package io.durablesaga.properties;

import io.durablesaga.embedded.EmbeddedEngineUnderTest;
import io.durablesaga.embedded.FastFolder;
import io.durablesaga.testing.engine.EngineProvider;
import io.durablesaga.testing.engine.EngineUnderTest;
import io.durablesaga.testing.simulation.SimulatedEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** An engine that random sagas run on, opened over a folder of its own. */
record Engine(String name, Function<Path, EngineUnderTest> opening) {
    /** A new one is one more line here, or is found on the class path where it is not in every build. */
    static final List<Engine> ALL = Stream.concat(
                    Stream.of(
                            new Engine("memory", folder -> EmbeddedEngineUnderTest.overMemory()),
                            new Engine(
                                    "file", folder -> EmbeddedEngineUnderTest.overFile(folder.resolve("journal.db"))),
                            new Engine("simulated", folder -> new SimulatedEngine())),
                    EngineProvider.all().stream()
                            .map(provider -> new Engine(provider.name(), folder -> provider.open())))
            .toList();

    /** Asks a new engine, over empty records. */
    <T> T ask(Function<EngineUnderTest, T> question) {
        try {
            Path folder = FastFolder.create();
            try (EngineUnderTest engine = opening.apply(folder)) {
                return question.apply(engine);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
