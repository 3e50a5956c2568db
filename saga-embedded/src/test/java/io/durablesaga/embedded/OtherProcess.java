package io.durablesaga.embedded;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.embedded.journal.JournalException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Another process that opens a journal, says what came of it in one line, and holds the journal until it is killed. */
final class OtherProcess implements AutoCloseable {
    private static final StepKey<String> A = StepKey.of("a", String.class);

    private final Process process;
    private final String said;

    private OtherProcess(Process process, String said) {
        this.process = process;
        this.said = said;
    }

    static OtherProcess opening(Path journal) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            OtherProcess.class.getName(),
                            journal.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            return new OtherProcess(process, String.valueOf(output.readLine()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it said: {@code opened}, or the message with which it was refused. */
    String said() {
        return said;
    }

    long pid() {
        return process.pid();
    }

    /** Kills it as a power cut would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** The saga that it starts: its one step does not end there. */
    static Saga<String, String> endless(CountDownLatch started, CountDownLatch end) {
        return SagaBuilder.saga("endless", String.class)
                .step(
                        A,
                        s -> {
                            started.countDown();
                            end.await();
                            return "attempt " + s.attempt();
                        },
                        Undo.nothingToUndo("a test"))
                .returning(String.class, v -> v.result(A));
    }

    public static void main(String[] arguments) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Saga<String, String> saga = endless(started, new CountDownLatch(1));
        try (EmbeddedEngine engine = EmbeddedEngine.open(Path.of(arguments[0]))) {
            engine.register(saga);
            engine.start(saga, "theirs", "input");
            started.await();
            System.out.println("opened");
            new CountDownLatch(1).await();
        } catch (JournalException refused) {
            System.out.println(refused.getMessage());
        }
    }
}
