package io.durablesaga.embedded.kill;

import io.durablesaga.embedded.kill.Journal.Kind;
import io.durablesaga.embedded.kill.Journal.Settled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the journal says that was decided, in the words of reports. */
final class Rulings {
    static final String DECIDE = "decide:";

    private Rulings() {}

    /** The states of the undos that were parked, by path. */
    static Map<String, String> of(List<Settled> records) {
        Map<String, String> ruled = new LinkedHashMap<>();
        records.stream()
                .filter(record ->
                        record.kind() == Kind.CALLBACK && record.name().startsWith(DECIDE))
                .forEach(record -> ruled.put(record.name().substring(DECIDE.length()), stateOf(record)));
        return ruled;
    }

    /** What a record says; nobody has decided where it failed. */
    static String stateOf(Settled record) {
        if (!record.outcome().completed()) {
            return "NOT_UNDONE";
        }
        return String.valueOf(record.outcome().payload()).contains("\"skip\"") ? "SKIPPED" : "RESOLVED";
    }

    /** What becomes of an undo for which a person has ruled this. */
    static String stateOf(Fate.Ruling ruling) {
        return switch (ruling) {
            case SKIP -> "SKIPPED";
            case RESOLVED -> "RESOLVED";
            case NOTHING -> "NOT_UNDONE";
        };
    }
}
