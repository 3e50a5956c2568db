package io.durablesaga.dynamodb.report;

import io.durablesaga.Effect;
import io.durablesaga.dynamodb.DynamoDbIdempotencyStore;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.dynamodb.RecordedTransactions;
import io.durablesaga.dynamodb.Stamps;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** How many requests more than the effect's own each mode takes, counted on the wire. */
final class RequestsPerEffect {
    private final DynamoDbClient client;
    private final IdempotencyTable items;
    private final Once once;
    private final Stamps stamps;
    private final RecordedTransactions transactions;
    private final Counted counted;
    private boolean asPromised = true;

    RequestsPerEffect(DynamoDbClient client, IdempotencyTable table, IdempotencyTable items, Counted counted) {
        this.client = client;
        this.items = items;
        this.once = Once.over(DynamoDbIdempotencyStore.over(client, table));
        this.stamps = Stamps.over(client);
        this.transactions = RecordedTransactions.over(client, table);
        this.counted = counted;
    }

    /** Something that sends requests. */
    private interface Sending {
        void send() throws Exception;
    }

    /** Whether each mode takes what the page says. */
    boolean asPromised() throws Exception {
        Effect<Integer> stamped = new Effect<>("stamped", Optional.of(1));
        EffectKey<Integer> transacted = key("transacted");
        EffectKey<Integer> claimed = key("claimed");
        System.out.println("| mode | requests of an effect | extra |");
        System.out.println("|---|---|---|");
        count("bare update of one item", 1, 0, () -> client.updateItem(add("bare", 1)));
        count(
                "bare transaction of two items",
                1,
                0,
                () -> client.transactWriteItems(bare -> bare.transactItems(twoItems(1))));
        count("provider key: an effect elsewhere", 0, 0, () -> elsewhere("a key"));
        count("stamp", 1, 0, () -> stamps.apply(add("item", 1), "stamped"));
        count("stamp, again", 1, 0, () -> stamps.apply(add("item", 1), "stamped"));
        count("transact", 1, 0, () -> transactions.apply(transacted, "1", twoItems(1)));
        count("transact, again", 1, 0, () -> transactions.apply(transacted, "1", twoItems(1)));
        count("claim: an effect elsewhere", 0, 2, () -> once.run(claimed, OnUnknown.stop(), () -> elsewhere("")));
        count("claim, again", 0, 1, () -> once.run(claimed, OnUnknown.stop(), () -> elsewhere("")));
        count("barrier of a stamp: its undo", 1, 0, () -> stamps.undo(add("item", -1), stamped));
        count("barrier of a transaction: its undo", 1, 0, () -> transactions.undo(transacted, "undo", twoItems(-1)));
        count("barrier of a claim: its undo", 0, 2, () -> once.undo(claimed, "undo", effect -> elsewhere("")));
        Effect<Integer> none = new Effect<>("never", Optional.empty());
        count("barrier of a stamp that never came", 1, 1, () -> stamps.undo(add("item", -1), none));
        count(
                "barrier of a transaction that never came",
                1,
                1,
                () -> transactions.undo(key("x"), "undo", twoItems(-1)));
        count("barrier of a claim that never came", 0, 2, () -> once.undo(key("y"), "undo", effect -> elsewhere("")));
        return asPromised;
    }

    private void count(String mode, int own, int extra, Sending sending) throws Exception {
        counted.reset();
        sending.send();
        boolean right = counted.all() == own + extra;
        asPromised &= right;
        System.out.printf(
                "| %s | %s | %d%s |%n",
                mode,
                counted.all() == 0 ? "none of ours" : counted,
                counted.all() - own,
                right ? "" : ", BROKEN: promised " + extra);
    }

    /** An effect that is no request to DynamoDB. */
    private static int elsewhere(String key) {
        return key.length();
    }

    private static EffectKey<Integer> key(String key) {
        return EffectKey.of(key, key, Integer.class);
    }

    private UpdateItemRequest add(String id, int amount) {
        return UpdateItemRequest.builder()
                .tableName(items.name())
                .key(Map.of("id", AttributeValue.fromS(id)))
                .updateExpression("ADD amount :amount")
                .expressionAttributeValues(Map.of(":amount", AttributeValue.fromN(Integer.toString(amount))))
                .build();
    }

    private List<TransactWriteItem> twoItems(int amount) {
        return List.of(write("from", -amount), write("to", amount));
    }

    private TransactWriteItem write(String id, int amount) {
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(items.name())
                        .key(Map.of("id", AttributeValue.fromS(id)))
                        .updateExpression("ADD amount :amount")
                        .expressionAttributeValues(Map.of(":amount", AttributeValue.fromN(Integer.toString(amount))))
                        .build())
                .build();
    }
}
