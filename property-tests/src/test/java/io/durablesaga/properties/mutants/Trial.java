package io.durablesaga.properties.mutants;

import io.durablesaga.properties.dispatcher.Lives;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.exploration.Counterexample;
import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.rehearsal.Violation;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Explores one play, or plays it again and again, with the library that this class was loaded with; only types of the platform go in and out. */
public final class Trial {
    static final String RUNS = "runs";
    static final String SCHEDULE = "schedule";
    static final String INVARIANTS = "invariants";
    static final String COUNTEREXAMPLE = "counterexample";

    private static final int MOST_LIVES = 25;

    private Trial() {}

    /** What came of the play of this name, of the saga with its mistake or without; a counterexample if one was found. */
    public static Map<String, String> run(String play, boolean wrong) {
        return Play.valueOf(play).explore(wrong);
    }

    /** What the crash explorer finds. */
    static Map<String, String> explored(SagaCrashTest<?, ?, ?> test) {
        Report report = test.explore();
        Map<String, String> found = new TreeMap<>();
        found.put(RUNS, Long.toString(report.runs()));
        report.counterexample().ifPresent(counterexample -> tell(counterexample, found));
        return found;
    }

    /** What goes wrong in the lives of an event source. */
    static Map<String, String> dispatched(String source) {
        Lives.Found played = Lives.play(source, MOST_LIVES);
        Map<String, String> found = new TreeMap<>();
        found.put(RUNS, Integer.toString(played.lives()));
        played.wrong().ifPresent(wrong -> {
            found.put(SCHEDULE, "seed " + wrong.seed());
            found.put(INVARIANTS, wrong.what());
            found.put(COUNTEREXAMPLE, wrong.story());
        });
        return found;
    }

    private static void tell(Counterexample counterexample, Map<String, String> found) {
        String schedule = counterexample.schedule().toString();
        found.put(SCHEDULE, schedule.isEmpty() ? "nothing going wrong" : schedule);
        found.put(
                INVARIANTS,
                counterexample.violations().stream()
                        .map(Violation::invariant)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(" ")));
        found.put(COUNTEREXAMPLE, counterexample.toString());
    }
}
