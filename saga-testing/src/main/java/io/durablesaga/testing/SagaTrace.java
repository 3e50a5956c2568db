package io.durablesaga.testing;

import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.testing.fault.Failing;
import io.durablesaga.testing.fault.Schedule;
import io.durablesaga.testing.rehearsal.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations that one execution of a saga recorded, in the order in which they were first recorded, each as
 * {@code KIND name OUTCOME}, and how it ended. Executions that are under way while a new version is deployed replay exactly
 * these: where a trace changes, they halt under the new definition.
 */
public final class SagaTrace {
    /** The system property that makes {@link #matches} write golden files instead of comparing with them. */
    public static final String UPDATE = "saga.trace.update";

    private final List<String> lines;

    private SagaTrace(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /** Runs a saga on an input, in virtual time. */
    public static <I> SagaTrace of(Saga<I, ?> saga, I input) {
        return of(SagaCrashTest.of(world -> saga).input(input));
    }

    /** Runs the saga of a crash test once, without faults, with its world, its answers and its decisions. */
    public static SagaTrace of(SagaCrashTest<?, ?, ?> test) {
        return of(test, Schedule.NONE);
    }

    /** The same where a step fails in this way. */
    public static SagaTrace of(SagaCrashTest<?, ?, ?> test, StepKey<?> step, Failing way) {
        return of(test, Schedule.failing(new Schedule.Failure(way, step.name())));
    }

    private static SagaTrace of(SagaCrashTest<?, ?, ?> test, Schedule schedule) {
        Outcome outcome = test.play(schedule);
        List<String> lines = new ArrayList<>(outcome.operations());
        lines.add(outcome.end());
        return new SagaTrace(lines);
    }

    /** The operations, and last how it ended. */
    public List<String> lines() {
        return lines;
    }

    /**
     * Compares with what is expected.
     *
     * @param expected the operations, and last how it ends
     * @throws AssertionError with both, if they differ
     */
    public void isExactly(String... expected) {
        compare("what is expected", Arrays.asList(expected));
    }

    /**
     * Compares with a golden file. A file that is not there is written, and the comparison fails once, so that somebody looks
     * at it before it is committed.
     *
     * @throws AssertionError with both, if they differ
     */
    public void matches(Path golden) {
        try {
            if (Boolean.getBoolean(UPDATE)) {
                write(golden);
            } else if (Files.exists(golden)) {
                compare(golden.toString(), Files.readAllLines(golden));
            } else {
                write(golden);
                throw new AssertionError(
                        golden + " was not there. It has been written now: read it, commit it, run again");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the golden file " + golden + " cannot be used", e);
        }
    }

    private void write(Path golden) throws IOException {
        Path folder = golden.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(golden, lines);
    }

    private void compare(String with, List<String> expected) {
        if (expected.equals(lines)) {
            return;
        }
        int same = 0;
        while (same < Math.min(expected.size(), lines.size())
                && expected.get(same).equals(lines.get(same))) {
            same++;
        }
        throw new AssertionError("The trace differs from " + with + " at line " + (same + 1) + ": "
                + line(expected, same) + " was expected, and " + line(lines, same) + " was recorded."
                + " Executions under way would halt under this definition.\n\nexpected\n  "
                + String.join("\n  ", expected) + "\n\nrecorded\n  " + String.join("\n  ", lines)
                + "\n\nIf the change is meant, run again with -D" + UPDATE + "=true");
    }

    private static @Nullable String line(List<String> of, int at) {
        return at < of.size() ? "'" + of.get(at) + "'" : "nothing more";
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
