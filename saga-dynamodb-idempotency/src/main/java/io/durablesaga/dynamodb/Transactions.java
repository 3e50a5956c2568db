package io.durablesaga.dynamodb;

import io.durablesaga.dynamodb.Lane.Write;
import io.durablesaga.idempotency.Claim.Side;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.Fingerprint;
import io.durablesaga.idempotency.InProgressElsewhere;
import io.durablesaga.idempotency.OtherPayload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Writes that are carried out together with the record of their key: the record decides by its condition, and answers with itself
 * where that does not hold. It is the record that claims make, so either finds what the other has done.
 */
final class Transactions {
    private static final int MOST_REPEATS = 5;

    /** Completes one side of a record that is not claimed. */
    private static final String COMPLETE = "SET #status = :completed, #owner = :owner,"
            + " #fence = if_not_exists(#fence, :now) + :one, #data = :data, #form = :form, #expiration = :expiration";

    private static final String OF_NO_PAYLOAD = COMPLETE + " REMOVE #until, #before, #validation";
    private static final String OF_PAYLOAD = COMPLETE + ", #validation = :validation REMOVE #until, #before";

    private static final String OPEN = "(attribute_not_exists(#status) OR #status = :released)";
    private static final String TO_HAPPEN = OPEN + " AND attribute_not_exists(#undo)";
    private static final Write HAPPENS = Lane.ACTION.write(OF_NO_PAYLOAD, TO_HAPPEN);
    private static final Write HAPPENS_WITH_PAYLOAD = Lane.ACTION.write(OF_PAYLOAD, TO_HAPPEN);
    private static final Write HAPPENED =
            Lane.UNDO.write(OF_NO_PAYLOAD, OPEN + " AND #action = :completed AND #actionOwner = :actionOwner");
    private static final Write NOT_HAPPENED = Lane.UNDO.write(
            OF_NO_PAYLOAD,
            OPEN + " AND (attribute_not_exists(#action) OR #action = :released"
                    + " OR (#action = :failed AND #actionOwner = :actionOwner))");

    private static final Texts.Stored NO_RESULT = new Texts.Stored("null", Texts.PLAIN);

    private final IdempotencyTable table;
    private final Requests requests;
    private final Texts texts;

    Transactions(Wire wire, IdempotencyTable table) {
        this.table = table;
        this.requests = new Requests(wire, Failures.of(table));
        this.texts = new Texts(table);
    }

    CompletableFuture<Transacted> apply(EffectKey<?> key, String result, List<TransactWriteItem> writes) {
        Objects.requireNonNull(result, "result");
        RecordedWrites recorded = new RecordedWrites(writes).requireNoneOf(table.name(), table.primaryKey(key.text()));
        return CompletableFuture.completedFuture(result)
                .thenApply(text -> texts.pack(key.text(), Side.ACTION, "transacted", text))
                .thenCompose(stored -> {
                    Map<String, AttributeValue> values = completed(key.owner(), stored);
                    key.payload().ifPresent(payload -> values.put(":validation", AttributeValue.fromS(payload.text())));
                    Write happens = key.payload().isPresent() ? HAPPENS_WITH_PAYLOAD : HAPPENS;
                    return requests.transact(recorded.with(record(key, happens, values)));
                })
                .thenApply(reasons -> {
                    if (reasons.isEmpty()) {
                        return new Transacted.Applied();
                    }
                    if (Requests.refused(reasons.get(0))) {
                        return already(key, reasons.get(0).item());
                    }
                    throw new EffectRefused(key.text(), new Refusal.OfWrites(RecordedWrites.refused(reasons)));
                });
    }

    CompletableFuture<TransactedUndo> undo(EffectKey<?> action, String undoKey, List<TransactWriteItem> writes) {
        action.requireOther(undoKey);
        return undo(
                action,
                undoKey,
                new RecordedWrites(writes).requireNoneOf(table.name(), table.primaryKey(action.text())),
                MOST_REPEATS);
    }

    private CompletableFuture<TransactedUndo> undo(
            EffectKey<?> action, String undoKey, RecordedWrites writes, int repeats) {
        Map<String, AttributeValue> values = undone(action, undoKey);
        return requests.transact(writes.with(record(action, HAPPENED, values))).thenCompose(reasons -> {
            if (reasons.isEmpty()) {
                return done(new TransactedUndo.Applied());
            }
            if (!Requests.refused(reasons.get(0))) {
                throw refusedUndo(
                        action,
                        "own conditions of writes " + RecordedWrites.refusedIndexes(reasons)
                                + " do not hold; undo without them, or mend the items");
            }
            return doneBefore(action, reasons.get(0).item())
                    .map(Transactions::done)
                    .orElseGet(() -> bar(action, undoKey, writes, repeats));
        });
    }

    /** Keeps an action that has not happened from coming late; one that comes just now is undone after all. */
    private CompletableFuture<TransactedUndo> bar(
            EffectKey<?> action, String undoKey, RecordedWrites writes, int repeats) {
        Map<String, AttributeValue> values = undone(action, undoKey);
        values.put(":failed", AttributeValue.fromS(Row.FAILED));
        Update record = record(action, NOT_HAPPENED, values);
        UpdateItemRequest update = UpdateItemRequest.builder()
                .tableName(record.tableName())
                .key(record.key())
                .updateExpression(record.updateExpression())
                .conditionExpression(record.conditionExpression())
                .expressionAttributeNames(record.expressionAttributeNames())
                .expressionAttributeValues(record.expressionAttributeValues())
                .returnValuesOnConditionCheckFailure(record.returnValuesOnConditionCheckFailure())
                .build();
        return requests.update(update).thenCompose(answer -> {
            if (answer.written()) {
                return done(new TransactedUndo.Nothing());
            }
            Optional<TransactedUndo> before = doneBefore(action, answer.item());
            if (before.isEmpty() && repeats == 0) {
                throw new StoreException.Conflict(
                        table.name(),
                        false,
                        new IllegalStateException("the record changed after each of " + MOST_REPEATS + " requests"));
            }
            return before.map(Transactions::done).orElseGet(() -> undo(action, undoKey, writes, repeats - 1));
        });
    }

    /** What a record says of an effect that has happened before. */
    private Transacted already(EffectKey<?> key, Map<String, AttributeValue> record) {
        Row row = new Row(Lane.ACTION, record);
        if (new Row(Lane.UNDO, record).exists()) {
            throw new EffectRefused(key.text(), new Refusal.Undone());
        }
        if (!row.validation().equals(fingerprint(key))) {
            throw new OtherPayload(key.text(), row.validation());
        }
        if (row.is(Row.COMPLETED)) {
            return new Transacted.Already(texts.unpack(key.text(), Side.ACTION, row.stored(), false));
        }
        if (row.is(Row.FAILED)) {
            String failure = texts.unpack(key.text(), Side.ACTION, row.stored(), false);
            throw new EffectRefused(key.text(), new Refusal.ForGood(failure));
        }
        throw new InProgressElsewhere(key.text(), row.owner(), table.seen(row.until()));
    }

    /** What a record says of an undo that is done; nothing if that is for another request to find out. */
    private Optional<TransactedUndo> doneBefore(EffectKey<?> action, Map<String, AttributeValue> record) {
        Row undo = new Row(Lane.UNDO, record);
        if (undo.is(Row.COMPLETED)) {
            return Optional.of(new TransactedUndo.Already());
        }
        if (undo.is(Row.IN_PROGRESS)) {
            throw refusedUndo(
                    action,
                    "it is claimed by " + undo.owner() + " until " + table.seen(undo.until()) + "; ask again then");
        }
        Row row = new Row(Lane.ACTION, record);
        if (!row.exists() || row.is(Row.RELEASED)) {
            return Optional.empty();
        }
        if (!row.owner().equals(action.owner())) {
            throw refusedUndo(
                    action, "the effect is " + row.owner() + "'s, not " + action.owner() + "'s; undo by who had it");
        }
        if (row.is(Row.IN_PROGRESS)) {
            throw refusedUndo(
                    action,
                    "the effect is claimed until " + table.seen(row.until())
                            + ", so whether it happened is unknown; claim its undo from the store");
        }
        return Optional.empty();
    }

    private UndoRefused refusedUndo(EffectKey<?> action, String why) {
        return new UndoRefused(action.text(), "table " + table.name() + ", " + why);
    }

    private Update record(EffectKey<?> key, Write write, Map<String, AttributeValue> values) {
        return Update.builder()
                .tableName(table.name())
                .key(table.primaryKey(key.text()))
                .updateExpression(write.expression())
                .conditionExpression(write.condition())
                .expressionAttributeNames(write.names())
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private Map<String, AttributeValue> undone(EffectKey<?> action, String undoKey) {
        Map<String, AttributeValue> values = completed(undoKey, NO_RESULT);
        values.put(":actionOwner", AttributeValue.fromS(action.owner()));
        return values;
    }

    private Map<String, AttributeValue> completed(String owner, Texts.Stored stored) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":completed", AttributeValue.fromS(Row.COMPLETED));
        values.put(":released", AttributeValue.fromS(Row.RELEASED));
        values.put(":owner", AttributeValue.fromS(owner));
        values.put(":now", AttributeValue.fromN(Long.toString(table.clock().millis())));
        values.put(":one", AttributeValue.fromN("1"));
        values.put(":data", AttributeValue.fromS(stored.data()));
        values.put(":form", AttributeValue.fromS(stored.form()));
        values.put(":expiration", AttributeValue.fromN(Long.toString(table.expiration())));
        return values;
    }

    private static String fingerprint(EffectKey<?> key) {
        return key.payload().map(Fingerprint::text).orElse("");
    }

    private static CompletableFuture<TransactedUndo> done(TransactedUndo outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
