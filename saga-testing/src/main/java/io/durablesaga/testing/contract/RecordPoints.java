package io.durablesaga.testing.contract;

import io.durablesaga.testing.engine.RecordGate.Written;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names durable writes by what they record, such as {@code COMPLETED charge#1}: by the first of their records on one line of
 * control, and by each of them where it depends on time which records are written together. A write of nothing but an execution's state is named by the call from outside that makes it. One that the engine makes by itself is
 * named by the record before it, and may be missing: it depends on time whether it is written together with that record.
 */
final class RecordPoints {
    private static final String IN_PASSING = "the state after ";

    private final boolean concurrent;
    private final Map<String, Integer> calls = new HashMap<>();
    private String call = "";
    private String last = "the start";
    private int inPassing;
    private List<String> current = List.of();

    /**
     * Names for the writes of one story.
     *
     * @param concurrent whether it depends on time in which order they come
     */
    RecordPoints(boolean concurrent) {
        this.concurrent = concurrent;
    }

    /** Whether it depends on time whether there is such a write at all. */
    static boolean mayBeMissing(String point) {
        return point.startsWith(IN_PASSING);
    }

    /** Somebody calls the engine, which was at rest. */
    void call(String name) {
        int times = calls.merge(name, 1, Integer::sum);
        call = "the call to " + name + (times > 1 ? ", " + times : "");
    }

    /** The names of a write that is about to happen. */
    List<String> before(List<Written> written) {
        if (!written.isEmpty()) {
            List<String> names = written.stream().map(RecordPoints::nameOf).toList();
            current = concurrent ? names : names.subList(0, 1);
        } else if (!call.isEmpty()) {
            current = List.of(call);
        } else if (!concurrent) {
            inPassing++;
            current = List.of(IN_PASSING + last + (inPassing > 1 ? ", " + inPassing : ""));
        } else {
            current = List.of();
        }
        call = "";
        return current;
    }

    /** The names of the write that has just happened. */
    List<String> after(List<Written> written) {
        if (!written.isEmpty()) {
            last = nameOf(written.get(written.size() - 1));
            inPassing = 0;
        }
        return current;
    }

    private static String nameOf(Written written) {
        boolean invoked = !written.execution().equals(SubjectContract.NAME);
        boolean execution = written.kind().equals("EXECUTION");
        return written.event()
                + (invoked ? " invoked" : "")
                + (execution ? "" : " " + written.name() + "#" + written.attempt());
    }
}
