package io.durablesaga.dispatcher.poller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A standard queue: messages come in any order; what is returned comes again, counted; where the function fails the whole batch comes
 * again; a message may come again although it was acknowledged; and one that was received often enough is put away.
 */
public final class SqsPoller implements Poller {
    /** Which queue it is. */
    public static final String QUEUE = "arn:aws:sqs:eu-west-1:123456789012:orders";

    private final Settings settings;
    private final Random random;
    private final Ledger ledger;
    private final List<SqsMessage> visible = new ArrayList<>();
    private final List<SqsMessage> deadLetters = new ArrayList<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private int redelivered;

    /** Empty. */
    public SqsPoller(Settings settings, Ledger ledger) {
        this.settings = settings;
        this.random = new Random(settings.seed());
        this.ledger = ledger;
    }

    @Override
    public void send(Sent record) {
        add(record);
    }

    private void add(Sent record) {
        SqsMessage message = new SqsMessage(record, "m-" + tags.size());
        tags.put(message.id, record.tag());
        visible.add(message);
    }

    /** What was put away comes again, as new messages with new ids. */
    public void redrive() {
        deadLetters.forEach(message -> add(message.sent));
        deadLetters.clear();
    }

    @Override
    public boolean poll(EventFunction function) {
        if (visible.isEmpty()) {
            return false;
        }
        Collections.shuffle(visible, random);
        List<SqsMessage> batch = new ArrayList<>();
        for (SqsMessage message : List.copyOf(visible)) {
            if (message.receives >= settings.mostDeliveries()) {
                visible.remove(message);
                deadLetters.add(message);
                ledger.putAway(message.sent.tag());
            } else if (batch.size() < settings.batchSize()) {
                message.receives++;
                ledger.delivered(message.sent.tag(), message.receives > 1);
                batch.add(message);
            }
        }
        if (!batch.isEmpty()) {
            deliver(batch, function);
        }
        return true;
    }

    private void deliver(List<SqsMessage> batch, EventFunction function) {
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        Set<String> ids = new HashSet<>();
        for (SqsMessage message : batch) {
            // a standard queue has groups too, without an order
            records.add(message.written(QUEUE, random.nextBoolean()));
            ids.add(message.id);
        }
        Optional<byte[]> answer = function.invoke(Json.bytes(event));
        if (answer.isEmpty()) {
            return;
        }
        Set<String> returned = new Answer(answer.get()).returned(ids);
        for (SqsMessage message : batch) {
            if (!returned.contains(message.id)) {
                acknowledge(message);
            }
        }
    }

    private void acknowledge(SqsMessage message) {
        ledger.acknowledged(message.sent.tag());
        if (redelivered < settings.redeliveries() && random.nextInt(4) == 0) {
            redelivered++;
        } else {
            visible.remove(message);
        }
    }

    @Override
    public String group(String lane) {
        return "";
    }

    @Override
    public Set<String> tags(String place, String id) {
        String tag = tags.get(id);
        return place.equals(QUEUE) && tag != null ? Set.of(tag) : Set.of();
    }
}
