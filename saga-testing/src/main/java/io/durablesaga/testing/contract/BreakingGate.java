package io.durablesaga.testing.contract;

import io.durablesaga.testing.engine.RecordGate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Breaks the writes of a plan, one after the other, and keeps the log of the others. Thread-safe. */
final class BreakingGate implements RecordGate {
    private final World world;
    private final RecordPoints points;
    private final RecordLog log;
    private final Deque<Break> planned;
    private final List<Break> broken = new ArrayList<>();
    private final Set<String> reached = new LinkedHashSet<>();

    BreakingGate(World world, RecordLog log, boolean concurrent, Collection<Break> planned) {
        this.world = world;
        this.log = log;
        this.points = new RecordPoints(concurrent);
        this.planned = new ArrayDeque<>(planned);
    }

    @Override
    public synchronized void before(List<Written> written) {
        List<String> names = points.before(written);
        breakWhere(true, names);
        reached.addAll(names);
    }

    @Override
    public synchronized void after(List<Written> written) {
        log.durable(written);
        breakWhere(false, points.after(written));
    }

    private void breakWhere(boolean before, List<String> names) {
        Break next = planned.peek();
        if (next != null && next.way().isBefore() == before && names.contains(next.point())) {
            planned.remove();
            broken.add(next);
            reached.clear();
            if (next.way().isDeath()) {
                world.die();
            }
            throw next.way().failure();
        }
    }

    /** Somebody calls the engine, which was at rest. */
    synchronized void call(String name) {
        points.call(name);
    }

    /** How many writes have been broken. */
    synchronized int broken() {
        return broken.size();
    }

    /** What was planned and never written, although it always is. */
    synchronized List<Break> left() {
        boolean missing = planned.stream().anyMatch(left -> RecordPoints.mayBeMissing(left.point()));
        return missing ? List.of() : List.copyOf(planned);
    }

    /** Every write since the last broken one. */
    synchronized List<String> reached() {
        return List.copyOf(reached);
    }
}
