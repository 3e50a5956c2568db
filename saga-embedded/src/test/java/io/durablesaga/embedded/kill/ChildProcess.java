package io.durablesaga.embedded.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link Child}, seen from the process that kills it. */
final class ChildProcess {
    private static final int KILLED = 128 + 9;
    private static final int NATIVE_ACCESS_ASKED_FROM = 24;
    private static final long LONGEST_END_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final Path scratch;
    private final Set<String> heard = new HashSet<>();

    private ChildProcess(Process process, Path errors, Path scratch) {
        this.process = process;
        this.errors = errors;
        this.scratch = scratch;
        Thread listener = new Thread(this::listen, "listener");
        listener.setDaemon(true);
        listener.start();
    }

    /** Starts a process; it does nothing before it is told to. */
    static ChildProcess launch(Path directory, int number, long seed, Broken broken) throws IOException {
        Path errors = directory.resolve("child-" + number + ".log");
        // for its rehearsal, and for SQLite's driver, which unpacks a library: a killed process does not clean up
        Path scratch = Files.createDirectories(directory.resolve("scratch-" + number));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx128m",
                "-Dorg.sqlite.tmpdir=" + scratch,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
        if (Runtime.version().feature() >= NATIVE_ACCESS_ASKED_FROM) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.addAll(List.of(
                directory.toString(),
                scratch.toString(),
                Integer.toString(number),
                Long.toString(seed),
                broken.name()));
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        return new ChildProcess(process, errors, scratch);
    }

    /** Tells it what to do, once it is ready to. */
    void tell(String order) throws IOException, InterruptedException {
        await(Child.WAITING);
        Writer pipe = process.outputWriter(StandardCharsets.UTF_8);
        pipe.write(order + "\n");
        pipe.flush();
    }

    /** Returns once the child has said this. */
    synchronized void await(String word) throws InterruptedException {
        while (!heard.contains(word)) {
            if (heard.contains("")) {
                throw new IllegalStateException("a child ended by itself: " + said());
            }
            wait();
        }
    }

    /** Kills it with a signal that it cannot see, and returns once it is dead. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        int code = process.waitFor();
        if (code != KILLED) {
            throw new IllegalStateException("a child ended with " + code + " instead of being killed: " + said());
        }
        clean();
    }

    /** Waits until the last child has ended by itself, or has had time enough; what is unfinished then never ends. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
            kill();
        } else if (process.exitValue() != 0) {
            throw new IllegalStateException("the last child failed: " + said());
        }
        clean();
    }

    /** Ends it, if it has not ended. */
    void end() {
        process.destroyForcibly();
    }

    private void listen() {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String word = said.readLine(); word != null; word = said.readLine()) {
                hear(word);
            }
        } catch (IOException e) {
            // a killed process breaks its pipe
        }
        hear("");
    }

    private synchronized void hear(String word) {
        heard.add(word);
        notifyAll();
    }

    private String said() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            return "nothing";
        }
    }

    private void clean() {
        try (Stream<Path> files = Files.list(scratch)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
