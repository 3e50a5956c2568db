package io.durablesaga.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * A user's writes, to be carried out together with their record.
 *
 * @param writes one at least, and none of the record
 */
record RecordedWrites(List<TransactWriteItem> writes) {
    private static final int MOST_WRITES = 99;

    RecordedWrites {
        writes = List.copyOf(writes);
        if (writes.isEmpty() || writes.size() > MOST_WRITES) {
            throw new IllegalArgumentException("writes: " + writes.size() + "; 1 to " + MOST_WRITES
                    + ", as DynamoDB takes 100 in a transaction and the record is one");
        }
    }

    /** @throws IllegalArgumentException if one of them is of this item itself */
    RecordedWrites requireNoneOf(String table, Map<String, AttributeValue> primaryKey) {
        for (int i = 0; i < writes.size(); i++) {
            if (table(writes.get(i)).equals(table)
                    && key(writes.get(i)).entrySet().containsAll(primaryKey.entrySet())) {
                throw new IllegalArgumentException(
                        "writes: that at " + i + " is of the record itself, which is written along; leave it out");
            }
        }
        return this;
    }

    /**
     * The transaction, the record first: reasons of a refusal come in this order. Its token is the client's own, which serves for
     * its retries. One made of the idempotency key would not do instead of a record: DynamoDB keeps tokens for 10 minutes only, and
     * refuses other writes under one it knows, where the record knows better.
     */
    TransactWriteItemsRequest with(Update record) {
        List<TransactWriteItem> all = new ArrayList<>();
        all.add(TransactWriteItem.builder().update(record).build());
        all.addAll(writes);
        return TransactWriteItemsRequest.builder().transactItems(all).build();
    }

    /** Which of them were refused, by the user's own count. */
    static List<RefusedWrite> refused(List<CancellationReason> reasons) {
        return IntStream.range(1, reasons.size())
                .filter(i -> Requests.refused(reasons.get(i)))
                .mapToObj(i -> new RefusedWrite(i - 1, Map.copyOf(reasons.get(i).item())))
                .toList();
    }

    /** Which of them were refused, by number alone. */
    static List<Integer> refusedIndexes(List<CancellationReason> reasons) {
        return refused(reasons).stream().map(RefusedWrite::index).toList();
    }

    static String table(TransactWriteItem write) {
        String table = null;
        if (write.update() != null) {
            table = write.update().tableName();
        } else if (write.put() != null) {
            table = write.put().tableName();
        } else if (write.delete() != null) {
            table = write.delete().tableName();
        } else if (write.conditionCheck() != null) {
            table = write.conditionCheck().tableName();
        }
        return String.valueOf(table);
    }

    /** The attributes of its key, with others where they are not told apart. */
    static Map<String, AttributeValue> key(TransactWriteItem write) {
        if (write.update() != null) {
            return write.update().key();
        }
        if (write.put() != null) {
            return write.put().item();
        }
        if (write.delete() != null) {
            return write.delete().key();
        }
        return write.conditionCheck() == null
                ? Map.of()
                : write.conditionCheck().key();
    }
}
