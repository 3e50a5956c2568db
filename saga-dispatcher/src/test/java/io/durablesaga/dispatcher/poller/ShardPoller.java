package io.durablesaga.dispatcher.poller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A stream of several shards, of which an event has one. */
abstract class ShardPoller implements Poller {
    private static final int SHARDS = 2;

    /** Numbers get longer on their way: they are no text to compare. */
    private static final BigInteger FIRST = new BigInteger("99999999999999999990");

    private final Random random;
    private final List<Shard> shards = new ArrayList<>();
    private final Map<String, String> tags = new HashMap<>();
    private BigInteger number = FIRST;

    ShardPoller(Settings settings, Ledger ledger) {
        this.random = new Random(settings.seed());
        for (int shard = 0; shard < SHARDS; shard++) {
            shards.add(new Shard(settings, random, ledger));
        }
    }

    /** What the stream is called. */
    abstract String place();

    /** What the origin of this record is called. */
    abstract String originId(String shard, Shard.Entry entry);

    /** A record as the source writes it. */
    abstract ObjectNode written(String shard, Shard.Entry entry);

    @Override
    public final void send(Sent record) {
        int shard = Math.floorMod(record.lane().hashCode(), SHARDS);
        Shard.Entry entry = new Shard.Entry(number.toString(), record);
        number = number.add(BigInteger.ONE);
        shards.get(shard).add(entry);
        tags.put(originId(name(shard), entry), record.tag());
    }

    private static String name(int shard) {
        return "shardId-00000000000" + shard;
    }

    @Override
    public final boolean poll(EventFunction function) {
        List<Shard> open = shards.stream().filter(Shard::isOpen).toList();
        if (open.isEmpty()) {
            return false;
        }
        Shard shard = open.get(random.nextInt(open.size()));
        List<Shard.Entry> batch = shard.next();
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        batch.forEach(entry -> records.add(written(name(shards.indexOf(shard)), entry)));
        Optional<byte[]> answer = function.invoke(Json.bytes(event));
        if (answer.isEmpty()) {
            shard.failed(batch);
        } else {
            Set<String> delivered = batch.stream().map(Shard.Entry::id).collect(Collectors.toSet());
            shard.answered(batch, new Answer(answer.get()).returned(delivered));
        }
        return true;
    }

    @Override
    public final String group(String lane) {
        return name(Math.floorMod(lane.hashCode(), SHARDS));
    }

    @Override
    public final Set<String> tags(String place, String id) {
        String tag = tags.get(id);
        return place.equals(place()) && tag != null ? Set.of(tag) : Set.of();
    }
}
