package io.durablesaga.properties.mutants;

import io.durablesaga.testing.exploration.Counterexample;
import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.rehearsal.Violation;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Explores one play with the library that this class was loaded with; only types of the platform go in and out. */
public final class Trial {
    static final String RUNS = "runs";
    static final String SCHEDULE = "schedule";
    static final String INVARIANTS = "invariants";
    static final String COUNTEREXAMPLE = "counterexample";

    private Trial() {}

    /** What came of the play of this name, of the saga with its mistake or without; a counterexample if one was found. */
    public static Map<String, String> run(String play, boolean wrong) {
        Report report = Play.valueOf(play).test(wrong).explore();
        Map<String, String> found = new TreeMap<>();
        found.put(RUNS, Long.toString(report.runs()));
        report.counterexample().ifPresent(counterexample -> tell(counterexample, found));
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
