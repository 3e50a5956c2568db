package io.durablesaga.dispatcher.killed;

import io.durablesaga.embedded.EmbeddedEngine;
import io.durablesaga.embedded.ExecutionQuery;
import io.durablesaga.embedded.ExecutionSummary;
import io.durablesaga.embedded.ExecutionSummary.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Has a stream dispatched by processes of which all but the last are killed by SIGKILL on their way, and counts what is in the journal
 * then.
 */
public final class KilledRun {
    private static final int KILLED_BY_SIGKILL = 128 + 9;
    private static final int MOST_LISTED = 100_000_000;
    private static final long LOOKS_EACH_MILLIS = 5;

    private final Path folder;
    private final OrderStream stream;

    /** Of so many records, in an empty folder. */
    public KilledRun(Path folder, int records) {
        this.folder = folder;
        this.stream = new OrderStream(records);
    }

    /**
     * What came of it.
     *
     * @param records how many orders there were
     * @param redeliveries how many of their records came again by the stream itself, besides those that came again after a kill
     * @param kills how often the process was killed, each time on its way
     * @param executions how many executions there are
     * @param completed how many of them completed
     * @param lost how many orders have none
     */
    public record Result(int records, int redeliveries, int kills, int executions, int completed, int lost) {
        /** Whether each order has one execution, which completed, and there is no other. */
        public boolean oneForEach() {
            return lost == 0 && executions == records && completed == records;
        }
    }

    /** Runs it. */
    public Result run(int kills) throws IOException, InterruptedException {
        for (int kill = 1; kill <= kills; kill++) {
            killAt((int) ((long) stream.deliveries() * kill / (kills + 1)));
        }
        Process last = feeding();
        if (last.waitFor() != 0) {
            throw new IllegalStateException("the last process ended with " + last.exitValue());
        }
        return count(kills);
    }

    /** Kills a process once it has come so far, in the middle of what it is at. */
    private void killAt(int position) throws IOException, InterruptedException {
        Process process = feeding();
        while (Feeding.acknowledged(folder) < position && process.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(LOOKS_EACH_MILLIS);
        }
        process.destroyForcibly();
        if (process.waitFor() != KILLED_BY_SIGKILL) {
            throw new IllegalStateException("it ended with " + process.exitValue() + " before it was killed");
        }
    }

    private Process feeding() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx2g",
                "-Dorg.sqlite.tmpdir=" + folder,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                Feeding.class.getName(),
                folder.toString(),
                Integer.toString(stream.records())));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Result count(int kills) throws InterruptedException {
        try (EmbeddedEngine engine = EmbeddedEngine.open(Feeding.journal(folder))) {
            engine.register(Feeding.SAGA);
            // what was started last may still be at work
            while (!engine.list(ExecutionQuery.in(State.RUNNING, State.WAITING).limit(1))
                    .isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(LOOKS_EACH_MILLIS);
            }
            List<ExecutionSummary> executions = engine.list(ExecutionQuery.all().limit(MOST_LISTED));
            Set<String> names = new HashSet<>();
            int completed = 0;
            for (ExecutionSummary execution : executions) {
                names.add(execution.name());
                completed += execution.state() == State.COMPLETED ? 1 : 0;
            }
            int lost = 0;
            for (int order = 0; order < stream.records(); order++) {
                lost += names.contains("orders--" + OrderStream.name(order)) ? 0 : 1;
            }
            int redeliveries = stream.deliveries() - stream.records();
            return new Result(stream.records(), redeliveries, kills, executions.size(), completed, lost);
        }
    }
}
