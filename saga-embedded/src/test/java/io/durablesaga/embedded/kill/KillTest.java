package io.durablesaga.embedded.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** The command behind {@code scripts/kill-test}. */
final class KillTest {
    private static final int DEFAULT_KILLS = 100;
    private static final int WRONG_USE = 2;

    private int kills = DEFAULT_KILLS;
    private long seed = new SecureRandom().nextInt(Integer.MAX_VALUE);
    private Broken broken = Broken.NOTHING;

    private KillTest() {}

    /** Exits with 0 if nothing was lost, duplicated or out of order. */
    public static void main(String[] args) throws IOException, InterruptedException {
        KillTest test = new KillTest();
        try {
            test.take(new ArrayDeque<>(List.of(args)));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USE);
        }
        System.exit(test.run() ? 0 : 1);
    }

    private void take(Deque<String> args) {
        while (!args.isEmpty()) {
            String arg = args.remove();
            switch (arg) {
                case "--seed" -> seed = Long.parseLong(value(arg, args));
                case "--break" -> broken = Broken.of(value(arg, args));
                default -> kills = number(arg);
            }
        }
    }

    private static String value(String option, Deque<String> args) {
        if (args.isEmpty()) {
            throw new IllegalArgumentException(option + " wants a value; see --help");
        }
        return args.remove();
    }

    private static int number(String arg) {
        if (!arg.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(arg + ": neither a number of kills nor an option; see --help");
        }
        return Integer.parseInt(arg);
    }

    private boolean run() throws IOException, InterruptedException {
        System.out.println("seed " + seed);
        Path directory = Files.createTempDirectory("kill-test-");
        Verdict verdict;
        try {
            verdict = new KillRun(directory, kills, seed, broken, System.out).run();
        } catch (IllegalStateException e) {
            System.err.println("the run broke off, its files are in " + directory + ": " + e.getMessage());
            return false;
        }
        if (verdict.passed() || broken != Broken.NOTHING) {
            delete(directory);
        } else {
            System.out.println("ledger, start log and journal are in " + directory);
        }
        verdict.print(System.out);
        return verdict.passed();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
