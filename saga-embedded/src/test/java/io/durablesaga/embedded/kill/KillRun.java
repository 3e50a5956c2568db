package io.durablesaga.embedded.kill;

import io.durablesaga.embedded.kill.Entry.Direction;
import io.durablesaga.embedded.kill.Entry.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Starts children and kills them until enough kills have hit something, lets the last one finish, and asks the oracle. */
final class KillRun {
    static final String JOURNAL = "journal.db";
    static final String LEDGER = "ledger";
    static final String STARTS = "starts";

    private static final int PERCENT = 100;
    private static final int WHILE_OPENING = 15;
    private static final int LONGEST_OPENING_MICROS = 40_000;
    private static final int MOST_LINES = 300;
    private static final int LONGEST_LIFE_MILLIS = 600;
    private static final int LOOK_AGAIN_MICROS = 500;
    private static final int LONGEST_MOMENT_MICROS = 8_000;
    private static final int MISSES = 20;
    private static final int PROGRESS = 10;
    private static final int STANDING_BY = 2;

    private final Path directory;
    private final int kills;
    private final long seed;
    private final Broken broken;
    private final PrintStream out;
    private final Recorded recorded = new Recorded();
    private final Hits hits = new Hits();
    private final List<Entry> ledger = new ArrayList<>();
    private final Set<String> undoing = new HashSet<>();
    private final Deque<ChildProcess> waiting = new ArrayDeque<>();
    private int process;
    private int hit;

    /** A run in an empty directory that reports its progress. */
    KillRun(Path directory, int kills, long seed, Broken broken, PrintStream out) {
        this.directory = directory;
        this.kills = kills;
        this.seed = seed;
        this.broken = broken;
        this.out = out;
    }

    /** Runs it all. */
    Verdict run() throws IOException, InterruptedException {
        try {
            SplittableRandom random = new SplittableRandom(seed);
            for (int killed = 0; hit < kills; killed++) {
                if (killed > kills + MISSES) {
                    throw new IllegalStateException(
                            killed + " kills, and only " + hit + " hit a child with unfinished executions");
                }
                killOne(random);
            }
            ChildProcess last = next();
            last.tell(Child.FINISH);
            last.awaitEnd();
        } finally {
            waiting.forEach(ChildProcess::end);
        }
        Journal journal = look();
        Oracle oracle = new Oracle(journal, ledger, Ledger.read(directory.resolve(STARTS), 0));
        return new Verdict(hit, hits, journal, oracle.violations(recorded), oracle);
    }

    private void killOne(SplittableRandom random) throws IOException, InterruptedException {
        boolean whileOpening = random.nextInt(PERCENT) < WHILE_OPENING;
        int lines = random.nextInt(MOST_LINES);
        int opening = random.nextInt(LONGEST_OPENING_MICROS);
        int moment = random.nextInt(LONGEST_MOMENT_MICROS);
        ChildProcess child = next();
        child.tell(Child.GO);
        child.await(Child.OPENING);
        if (whileOpening) {
            TimeUnit.MICROSECONDS.sleep(opening);
        } else {
            child.await(Child.READY);
            awaitLines(lines);
            TimeUnit.MICROSECONDS.sleep(moment);
        }
        child.kill();
        if (Files.exists(directory.resolve(JOURNAL))) {
            count();
        }
    }

    /** A life is measured in what is done in it, so that a slow machine is as good as a fast one; up to a point. */
    private void awaitLines(int lines) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_LIFE_MILLIS);
        while (Ledger.length(directory.resolve(LEDGER)) < ledger.size() + lines && System.nanoTime() < end) {
            TimeUnit.MICROSECONDS.sleep(LOOK_AGAIN_MICROS);
        }
    }

    /** A kill that hit nothing does not count. */
    private void count() {
        int before = ledger.size();
        Journal left = look();
        if (left.unfinished().isEmpty()) {
            return;
        }
        hits.note(left, ledger.subList(before, ledger.size()), undoing);
        hit++;
        if (hit % PROGRESS == 0) {
            out.println(hit + " kills, " + left.executions().size() + " sagas started, "
                    + left.unfinished().size() + " under way");
        }
    }

    /** The next children start up beside the one that is killed, since that takes longer than a child lives. */
    private ChildProcess next() throws IOException {
        int needed = kills - hit + 1;
        while (waiting.size() < Math.min(needed, 1 + STANDING_BY)) {
            process++;
            waiting.add(ChildProcess.launch(directory, process, seed, broken));
        }
        return waiting.remove();
    }

    /** Looks at what a dead child has left. */
    private Journal look() {
        List<Entry> written = Ledger.read(directory.resolve(LEDGER), ledger.size());
        ledger.addAll(written);
        written.stream()
                .filter(entry -> entry.is(Kind.BEGIN) && entry.direction() == Direction.UNDO)
                .forEach(entry -> undoing.add(entry.execution()));
        Journal journal = Journal.read(directory.resolve(JOURNAL), directory);
        recorded.note(journal, ledger.size());
        return journal;
    }
}
