package io.durablesaga.dispatcher.report;

import io.durablesaga.dispatcher.killed.KilledRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What every source's records come to, how fast they are dispatched, and a million of them on the embedded engine. */
public final class DispatchReport {
    private static final Duration WAY = Duration.ofMillis(5);
    private static final int KILLS = 5;
    private static final long SEED = 42;

    private long lost;
    private long duplicated;
    private long reordered;

    private DispatchReport() {}

    /** Prints the report; fails if anything is not as promised. */
    public static void main(String[] arguments) throws Exception {
        int million = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        System.exit(new DispatchReport().asPromised(million) ? 0 : 1);
    }

    private boolean asPromised(int million) throws Exception {
        sources();
        boolean near = pace("In one process, where nothing but processor time counts", Duration.ZERO);
        boolean away = pace("With 5 ms of way per request", WAY);
        embedded(million);
        System.out.printf(
                "throughput with a way: %s; throughput without: %s%n",
                away ? "as promised" : "MISSED", near ? "as promised" : "MISSED");
        System.out.printf("%,d lost, %,d duplicated, %,d reordered%n", lost, duplicated, reordered);
        return near && away && lost == 0 && duplicated == 0 && reordered == 0;
    }

    private void sources() {
        System.out.println(
                "| source | records | redeliveries | starts | duplicates | lost | duplicated | reordered | requests |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (PlayedSource source : PlayedSource.values()) {
            Deliveries.Result result = new Deliveries(source, source.records(), SEED).run();
            lost += result.lost();
            duplicated += result.duplicated();
            reordered += result.reordered();
            System.out.printf(
                    "| %s | %,d | %,d | %,d | %,d | %,d | %,d | %s | %,d |%n",
                    source.text(),
                    result.records(),
                    result.redeliveries(),
                    result.starts(),
                    result.duplicates(),
                    result.lost(),
                    result.duplicated(),
                    source.ordered() ? String.format("%,d", result.reordered()) : "no order",
                    result.requests());
        }
    }

    private static boolean pace(String where, Duration way) throws Exception {
        try (Pace pace = new Pace(where, way)) {
            boolean fastEnough = pace.fastEnough();
            System.out.printf(
                    "    a batch of 10 takes %.1f ms, of 100 %.1f ms, of 10,000 %,.0f ms%n",
                    pace.millis(10, 101), pace.millis(100, 51), pace.millis(10_000, 5));
            return fastEnough;
        }
    }

    private void embedded(int records) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("dispatch-report");
        try {
            long began = System.nanoTime();
            KilledRun.Result result = new KilledRun(folder, records).run(KILLS);
            lost += result.lost() + (result.executions() - result.completed());
            duplicated += Math.max(0, result.executions() - result.records());
            System.out.printf(
                    "On the embedded engine: %,d records and %,d redeliveries, killed and restarted %d times: %,d executions,"
                            + " %,d of them completed, %,d lost, %,d s%n",
                    result.records(),
                    result.redeliveries(),
                    result.kills(),
                    result.executions(),
                    result.completed(),
                    result.lost(),
                    Duration.ofNanos(System.nanoTime() - began).toSeconds());
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        files.forEach(file -> {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
