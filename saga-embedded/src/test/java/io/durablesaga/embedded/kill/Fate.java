package io.durablesaga.embedded.kill;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What goes wrong where: a function of seed, execution, path and attempt, and so the same in whichever process it happens.
 * Kills come on top.
 */
record Fate(long seed) {
    private static final int PERCENT = 100;
    private static final int DOOMED = 8;
    private static final int FLAKY = 12;
    private static final int UNDO_DOOMED = 1;
    private static final int UNDO_FLAKY = 15;
    private static final int LATE_FOR_GOOD = 10;
    private static final int LATE_ONCE = 25;
    private static final int PARKED = 35;
    private static final int CALLBACK_FAILED = 15;
    private static final int CALLBACK_SILENT = 10;
    private static final int NEVER_FOUND = 8;
    private static final int MOST_FLAKES = 2;
    private static final int MOST_LOOKS = 4;
    private static final int LONGEST_PAUSE = 7;
    private static final int LONGEST_WAIT = 60;

    /** What an attempt does. */
    enum Turn {
        /** Has its effect and says so. */
        WELL,
        /** Fails without an effect, which its caller cannot know. */
        FAILS_BEFORE,
        /** Has its effect, and its answer is lost. */
        FAILS_AFTER,
        /** Says no, and has no effect. */
        REJECTS,
        /** Takes too long, and has no effect yet. */
        LATE_BEFORE,
        /** Has its effect, and takes too long to say so. */
        LATE_AFTER
    }

    private static final List<Turn> DOOMS = List.of(Turn.FAILS_BEFORE, Turn.FAILS_AFTER, Turn.REJECTS);

    /** What a person decides. */
    enum Ruling {
        SKIP,
        RESOLVED,
        NOTHING
    }

    /** What becomes of a callback. */
    enum Call {
        ANSWERED,
        FAILED,
        SILENT
    }

    /** What an attempt of a step does. */
    Turn action(String execution, String path, int attempt) {
        SplittableRandom random = random("action", execution, path);
        int drawn = random.nextInt(PERCENT);
        if (drawn < DOOMED) {
            return DOOMS.get(random.nextInt(DOOMS.size()));
        }
        return drawn < DOOMED + FLAKY ? flaky(random, attempt) : Turn.WELL;
    }

    /** What an attempt of a step past the pivot does: it may fail a few times, and then it does well. */
    Turn finalAction(String execution, String path, int attempt) {
        SplittableRandom random = random("final", execution, path);
        return random.nextInt(PERCENT) < FLAKY ? flaky(random, attempt) : Turn.WELL;
    }

    /** What an attempt of a step does that may take too long. */
    Turn timedAction(String execution, String path, int attempt) {
        SplittableRandom random = random("timed", execution, path);
        int drawn = random.nextInt(PERCENT);
        Turn late = random.nextBoolean() ? Turn.LATE_BEFORE : Turn.LATE_AFTER;
        return drawn < LATE_FOR_GOOD || (drawn < LATE_FOR_GOOD + LATE_ONCE && attempt == 1) ? late : Turn.WELL;
    }

    /** What an attempt of an undo does that is parked where it fails for good. */
    Turn parkingUndo(String execution, String path) {
        SplittableRandom random = random("parking", execution, path);
        boolean parked = random.nextInt(PERCENT) < PARKED;
        return parked ? random.nextBoolean() ? Turn.FAILS_BEFORE : Turn.FAILS_AFTER : Turn.WELL;
    }

    /** What a person decides for an undo that is parked. */
    Ruling ruling(String execution, String path) {
        return Ruling.values()[random("ruling", execution, path).nextInt(Ruling.values().length)];
    }

    /** What an attempt of an undo does. */
    Turn undo(String execution, String path, int attempt) {
        SplittableRandom random = random("undo", execution, path);
        int drawn = random.nextInt(PERCENT);
        if (drawn < UNDO_DOOMED) {
            return random.nextBoolean() ? Turn.FAILS_BEFORE : Turn.FAILS_AFTER;
        }
        return drawn < UNDO_DOOMED + UNDO_FLAKY ? flaky(random, attempt) : Turn.WELL;
    }

    /** What becomes of a callback. */
    Call callback(String execution, String path) {
        int drawn = random("callback", execution, path).nextInt(PERCENT);
        if (drawn < CALLBACK_FAILED) {
            return Call.FAILED;
        }
        return drawn < CALLBACK_FAILED + CALLBACK_SILENT ? Call.SILENT : Call.ANSWERED;
    }

    /** Whether a look finds something. */
    boolean finds(String execution, String path, int look) {
        SplittableRandom random = random("look", execution, path);
        return random.nextInt(PERCENT) >= NEVER_FOUND && look > random.nextInt(MOST_LOOKS);
    }

    /** How long a body takes on either side of its effect, in milliseconds. */
    int pause(String execution, String path, int attempt) {
        return random("pause", execution, path + attempt).nextInt(LONGEST_PAUSE);
    }

    /** How long somebody takes for something outside of bodies, in milliseconds. */
    int wait(String execution, String path) {
        return random("wait", execution, path).nextInt(LONGEST_WAIT);
    }

    /** One of so many, for a thing of this name. */
    int oneOf(int many, String name) {
        return random("one", name, "").nextInt(many);
    }

    private static Turn flaky(SplittableRandom random, int attempt) {
        Turn turn = random.nextBoolean() ? Turn.FAILS_BEFORE : Turn.FAILS_AFTER;
        return attempt <= 1 + random.nextInt(MOST_FLAKES) ? turn : Turn.WELL;
    }

    private SplittableRandom random(String what, String execution, String path) {
        long text = (what + '\n' + execution + '\n' + path).hashCode();
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + text);
    }
}
