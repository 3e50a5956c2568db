package io.durablesaga.dispatcher.poller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A FIFO queue: a batch mixes message groups, each in its order; a group is not delivered past a message that has been returned; and
 * one that was received often enough is put away, after which its group goes on.
 */
public final class FifoPoller implements Poller {
    /** Which queue it is. */
    public static final String QUEUE = SqsPoller.QUEUE + ".fifo";

    private final Settings settings;
    private final Random random;
    private final Ledger ledger;
    private final Map<String, List<SqsMessage>> groups = new LinkedHashMap<>();
    private final Map<String, String> tags = new HashMap<>();

    /** Empty. */
    public FifoPoller(Settings settings, Ledger ledger) {
        this.settings = settings;
        this.random = new Random(settings.seed());
        this.ledger = ledger;
    }

    @Override
    public void send(Sent record) {
        SqsMessage message = new SqsMessage(record, "m-" + tags.size());
        tags.put(message.id, record.tag());
        groups.computeIfAbsent(record.lane(), lane -> new ArrayList<>()).add(message);
    }

    @Override
    public boolean poll(EventFunction function) {
        boolean put = false;
        for (List<SqsMessage> group : groups.values()) {
            while (!group.isEmpty() && group.get(0).receives >= settings.mostDeliveries()) {
                ledger.putAway(group.remove(0).sent.tag());
                put = true;
            }
        }
        List<SqsMessage> batch = receive();
        if (!batch.isEmpty()) {
            deliver(batch, function);
        }
        return put || !batch.isEmpty();
    }

    /** The next of any group, until the batch is full. */
    private List<SqsMessage> receive() {
        Map<String, Integer> taken = new HashMap<>();
        List<SqsMessage> batch = new ArrayList<>();
        List<String> open = new ArrayList<>(groups.keySet());
        while (batch.size() < settings.batchSize() && !open.isEmpty()) {
            String name = open.get(random.nextInt(open.size()));
            List<SqsMessage> group = groups.getOrDefault(name, List.of());
            int next = taken.merge(name, 1, Integer::sum) - 1;
            if (next >= group.size()) {
                open.remove(name);
                continue;
            }
            SqsMessage message = group.get(next);
            message.receives++;
            ledger.delivered(message.sent.tag(), message.receives > 1);
            batch.add(message);
        }
        return batch;
    }

    private void deliver(List<SqsMessage> batch, EventFunction function) {
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        Set<String> ids = new HashSet<>();
        for (SqsMessage message : batch) {
            records.add(message.written(QUEUE, true));
            ids.add(message.id);
        }
        Optional<byte[]> answer = function.invoke(Json.bytes(event));
        if (answer.isEmpty()) {
            return;
        }
        Set<String> returned = new Answer(answer.get()).returned(ids);
        for (SqsMessage message : batch) {
            if (!returned.contains(message.id)) {
                groups.getOrDefault(message.sent.lane(), List.of()).remove(message);
                ledger.acknowledged(message.sent.tag());
            }
        }
    }

    @Override
    public String group(String lane) {
        return lane;
    }

    @Override
    public Set<String> tags(String place, String id) {
        String tag = tags.get(id);
        return place.equals(QUEUE) && tag != null ? Set.of(tag) : Set.of();
    }
}
