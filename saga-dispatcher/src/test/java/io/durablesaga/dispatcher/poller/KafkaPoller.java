package io.durablesaga.dispatcher.poller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A Kafka topic: an event has records of several partitions, each of which has a checkpoint of its own. */
public final class KafkaPoller implements Poller {
    private static final String CLUSTER = "arn:aws:kafka:eu-west-1:123456789012:cluster/orders/6e1b4";
    private static final int PARTITIONS = 3;

    private final Random random;
    private final Map<String, Shard> partitions = new LinkedHashMap<>();
    private final Map<String, String> tags = new HashMap<>();

    /** Empty. */
    public KafkaPoller(Settings settings, Ledger ledger) {
        this.random = new Random(settings.seed());
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.put("orders-" + partition, new Shard(settings, random, ledger));
        }
    }

    @Override
    public void send(Sent record) {
        String name = group(record.lane());
        Shard partition = partitions.get(name);
        // offsets get longer on their way: they are no text to compare
        long offset = 8L + partition.size();
        partition.add(new Shard.Entry(name + "@" + offset, record));
        tags.put(CLUSTER + "/" + name + "@" + offset, record.tag());
    }

    @Override
    public boolean poll(EventFunction function) {
        List<String> open = partitions.keySet().stream()
                .filter(name -> partitions.get(name).isOpen())
                .toList();
        if (open.isEmpty()) {
            return false;
        }
        ObjectNode event = event();
        ObjectNode records = event.putObject("records");
        Map<String, List<Shard.Entry>> batches = new LinkedHashMap<>();
        Set<String> delivered = new HashSet<>();
        int surely = random.nextInt(open.size());
        for (int index = 0; index < open.size(); index++) {
            if (index == surely || random.nextBoolean()) {
                String name = open.get(index);
                List<Shard.Entry> batch = partitions.get(name).next();
                batches.put(name, batch);
                ArrayNode written = records.putArray(name);
                batch.forEach(entry -> written.add(written(name, entry)));
                batch.forEach(entry -> delivered.add(entry.id()));
            }
        }
        Optional<byte[]> answer = function.invoke(Json.bytes(event));
        Optional<Set<String>> returned = answer.map(text -> new Answer(text).returnedOffsets(delivered));
        batches.forEach((name, batch) -> returned.ifPresentOrElse(
                ids -> partitions.get(name).answered(batch, ids),
                () -> partitions.get(name).failed(batch)));
        return true;
    }

    private static ObjectNode event() {
        return Json.object()
                .put("eventSource", "aws:kafka")
                .put("eventSourceArn", CLUSTER)
                .put("bootstrapServers", "b-2.orders.example:9092,b-1.orders.example:9092");
    }

    private static ObjectNode written(String partition, Shard.Entry entry) {
        ObjectNode record = Json.object();
        record.put("topic", "orders");
        record.put("partition", Integer.parseInt(partition.substring("orders-".length())));
        record.put("offset", Long.parseLong(entry.id().substring(partition.length() + 1)));
        record.put("timestamp", 1545084650987L);
        record.put("timestampType", "CREATE_TIME");
        record.put("key", Json.base64(entry.sent().lane()));
        entry.sent()
                .body()
                .ifPresentOrElse(body -> record.put("value", Json.base64(body)), () -> record.putNull("value"));
        record.putArray("headers").addObject().putArray("trace").add(104).add(-17);
        return record;
    }

    @Override
    public String group(String lane) {
        return "orders-" + Math.floorMod(lane.hashCode(), PARTITIONS);
    }

    @Override
    public Set<String> tags(String place, String id) {
        String tag = tags.get(place + "@" + id);
        return tag == null ? Set.of() : Set.of(tag);
    }
}
