package io.durablesaga.dispatcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that came together. Lanes are worked on side by side, the records of a lane one after another. A record that is returned stops
 * what comes after it in its group, and nothing that comes before.
 */
final class Batch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final List<Incoming> records;
    private final Passage passage;
    private final Deadline deadline;
    private final AtomicReferenceArray<Decision> decisions;
    private final List<AtomicInteger> stops = new ArrayList<>();
    private final Queue<List<Integer>> lanes;
    private final CountDownLatch undecided;
    private volatile boolean over;

    Batch(List<Incoming> records, boolean strictOrder, Passage passage, Deadline deadline) {
        this.records = records;
        this.passage = passage;
        this.deadline = deadline;
        this.decisions = new AtomicReferenceArray<>(records.size());
        this.lanes = new ConcurrentLinkedQueue<>(lanes(records, strictOrder));
        this.undecided = new CountDownLatch(records.size());
        Map<String, AtomicInteger> groups = new HashMap<>();
        for (Incoming record : records) {
            String group = record.sequence().group();
            stops.add(
                    record.sequence().standsAlone()
                            ? new AtomicInteger(Integer.MAX_VALUE)
                            : groups.computeIfAbsent(group, first -> new AtomicInteger(Integer.MAX_VALUE)));
        }
    }

    /** Which records have to wait for each other, in the order in which the first of each came. */
    private static List<List<Integer>> lanes(List<Incoming> records, boolean strictOrder) {
        Map<Object, List<Integer>> lanes = new LinkedHashMap<>();
        for (int index = 0; index < records.size(); index++) {
            Sequence sequence = records.get(index).sequence();
            Object lane;
            if (sequence.standsAlone()) {
                lane = index;
            } else {
                lane = strictOrder ? Sequence.of(sequence.group()) : sequence;
            }
            lanes.computeIfAbsent(lane, first -> new ArrayList<>()).add(index);
        }
        return new ArrayList<>(lanes.values());
    }

    /** One decision for each record, in their order, at the deadline at the latest. */
    List<Decision> decide(Executor workers, int concurrency) {
        int needed = Math.min(concurrency, lanes.size());
        for (int worker = 0; worker < needed; worker++) {
            workers.execute(this::work);
        }
        awaitEnd();
        over = true;
        List<Decision> decided = new ArrayList<>(records.size());
        for (int index = 0; index < records.size(); index++) {
            decide(index, Decision.notReached(records.get(index), "time ran out"));
            decided.add(decisions.get(index));
        }
        return decided;
    }

    private void awaitEnd() {
        try {
            // what was not decided in time is returned
            boolean inTime = undecided.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
            if (!inTime) {
                LOG.debug("time ran out before {} of {} records were decided", undecided.getCount(), records.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        for (List<Integer> lane = lanes.poll(); lane != null && !over; lane = lanes.poll()) {
            for (int index : lane) {
                pass(index);
            }
        }
    }

    private void pass(int index) {
        Incoming record = records.get(index);
        Turn turn = turn(index);
        if (!turn.holds() || turn.left().compareTo(Starting.LEAST) < 0) {
            decide(
                    index,
                    Decision.notReached(record, over ? "time ran out" : "one before it in its group is returned"));
            return;
        }
        try {
            decide(index, passage.pass(record, turn));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            decide(index, Decision.notReached(record, "interrupted"));
        } catch (Throwable e) { // the source must have an answer, and what is returned is not lost
            LOG.error("a record could not be decided and is returned: {}", Seen.of(e));
            decide(index, Decision.returned(record, Outcome.FAILED, null, Seen.of(e)));
        }
    }

    private void decide(int index, Decision decision) {
        if (!decisions.compareAndSet(index, null, decision)) {
            return;
        }
        if (!decision.acknowledged()) {
            stops.get(index).accumulateAndGet(index, Math::min);
        }
        undecided.countDown();
    }

    private Turn turn(int index) {
        return new Turn() {
            @Override
            public boolean holds() {
                return !over && index <= stops.get(index).get();
            }

            @Override
            public Duration left() {
                return deadline.left();
            }
        };
    }
}
