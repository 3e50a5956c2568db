package io.durablesaga.dispatcher.poller;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Records in their order with a checkpoint: a shard or a partition. From the lowest record on that is returned all are delivered again,
 * and put away together when that has not helped often enough.
 */
final class Shard {
    /** A record, and what it is called here. */
    record Entry(String id, Sent sent) {}

    private final Settings settings;
    private final Random random;
    private final Ledger ledger;
    private final List<Entry> entries = new ArrayList<>();
    private int checkpoint;
    private int lastPutAway;
    private int failures;
    private int window;
    private int rewinds;

    Shard(Settings settings, Random random, Ledger ledger) {
        this.settings = settings;
        this.random = random;
        this.ledger = ledger;
        this.window = settings.batchSize();
    }

    int size() {
        return entries.size();
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    boolean isOpen() {
        return checkpoint < entries.size();
    }

    /** What is delivered next. */
    List<Entry> next() {
        List<Entry> batch = List.copyOf(entries.subList(checkpoint, Math.min(entries.size(), checkpoint + window)));
        batch.forEach(entry -> ledger.delivered(entry.sent().tag(), false));
        return batch;
    }

    /** The function has failed. */
    void failed(List<Entry> batch) {
        goOnFrom(0, batch);
    }

    /** The function has answered: these are returned. */
    void answered(List<Entry> batch, Set<String> returned) {
        int good = 0;
        while (good < batch.size() && !returned.contains(batch.get(good).id())) {
            ledger.acknowledged(batch.get(good).sent().tag());
            good++;
        }
        goOnFrom(good, batch);
    }

    private void goOnFrom(int good, List<Entry> batch) {
        checkpoint += good;
        if (good == batch.size()) {
            failures = 0;
            window = settings.batchSize();
            maybeRewind();
            return;
        }
        int left = batch.size() - good;
        boolean halve = settings.bisect() && left > 1;
        failures = good > 0 || halve ? 0 : failures + 1;
        window = halve ? left / 2 : left;
        if (failures >= settings.mostDeliveries()) {
            batch.forEach(entry -> ledger.putAway(entry.sent().tag()));
            checkpoint += batch.size();
            lastPutAway = checkpoint;
            failures = 0;
            window = settings.batchSize();
        }
    }

    /** The checkpoint was not stored in time, or somebody has set it back; never so far that what was put away comes again. */
    private void maybeRewind() {
        if (rewinds < settings.redeliveries() && random.nextInt(4) == 0) {
            rewinds++;
            checkpoint = Math.max(lastPutAway, checkpoint - 1 - random.nextInt(settings.batchSize()));
        }
    }
}
