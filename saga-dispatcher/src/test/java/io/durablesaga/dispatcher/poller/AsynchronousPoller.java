package io.durablesaga.dispatcher.poller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Lambda's own queue of asynchronous invocations: an event that fails is tried twice more and then goes to the on-failure destination;
 * events come in any order, and may come twice.
 */
public final class AsynchronousPoller implements Poller {
    private static final int TRIES = 3;

    /** How a source writes its events. */
    interface Writer {
        /** One event of these records, of which there is at least one. */
        ObjectNode event(List<Sent> records);

        /** The place and the id of a record's origin, with a blank between them. */
        String origin(Sent record);
    }

    private static final class Waiting {
        private final List<Sent> records = new ArrayList<>();
        private int failures;
        private boolean twice;
    }

    private final Writer writer;
    private final int recordsPerEvent;
    private final Settings settings;
    private final Random random;
    private final Ledger ledger;
    private final List<Waiting> queue = new ArrayList<>();
    private final Map<String, Set<String>> tags = new HashMap<>();
    private int redelivered;

    private AsynchronousPoller(Writer writer, int recordsPerEvent, Settings settings, Ledger ledger) {
        this.writer = writer;
        this.recordsPerEvent = recordsPerEvent;
        this.settings = settings;
        this.random = new Random(settings.seed());
        this.ledger = ledger;
    }

    /** A rule of an EventBridge bus. */
    public static AsynchronousPoller eventBridge(Settings settings, Ledger ledger) {
        return new AsynchronousPoller(new EventBridgeEvents(), 1, settings, ledger);
    }

    /** An SNS topic. */
    public static AsynchronousPoller sns(Settings settings, Ledger ledger) {
        return new AsynchronousPoller(new SnsEvents(), 1, settings, ledger);
    }

    /** Notifications of an S3 bucket: the body says which object. An event may have several records. */
    public static AsynchronousPoller s3(Settings settings, Ledger ledger) {
        return new AsynchronousPoller(new S3Events(), settings.batchSize(), settings, ledger);
    }

    @Override
    public void send(Sent record) {
        boolean full = queue.isEmpty() || queue.get(queue.size() - 1).records.size() >= recordsPerEvent;
        if (full || random.nextBoolean()) {
            queue.add(new Waiting());
        }
        queue.get(queue.size() - 1).records.add(record);
        tags.computeIfAbsent(writer.origin(record), origin -> new HashSet<>()).add(record.tag());
    }

    @Override
    public boolean poll(EventFunction function) {
        if (queue.isEmpty()) {
            return false;
        }
        Waiting event = queue.get(random.nextInt(queue.size()));
        event.records.forEach(record -> ledger.delivered(record.tag(), false));
        Optional<byte[]> answer = function.invoke(Json.bytes(writer.event(event.records)));
        if (answer.isPresent()) {
            new Answer(answer.get());
            event.records.forEach(record -> ledger.acknowledged(record.tag()));
            settled(event);
        } else if (++event.failures == TRIES) {
            event.records.forEach(record -> ledger.putAway(record.tag()));
            queue.remove(event);
        }
        return true;
    }

    private void settled(Waiting event) {
        boolean again = !event.twice && redelivered < settings.redeliveries() && random.nextInt(4) == 0;
        if (again) {
            event.twice = true;
            event.failures = 0;
            redelivered++;
        } else {
            queue.remove(event);
        }
    }

    @Override
    public String group(String lane) {
        return "";
    }

    @Override
    public Set<String> tags(String place, String id) {
        return tags.getOrDefault(place + " " + id, Set.of());
    }
}
