package io.durablesaga.dynamodb;

import io.durablesaga.dynamodb.Lane.Write;
import io.durablesaga.dynamodb.Requests.Answer;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.Claim.Side;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import io.durablesaga.idempotency.UndoClaim;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Claims on a table: each request is one UpdateItem, which decides by its condition and answers, where that does not hold, with the
 * item it did not hold of. A request that the client sends again because the first answer was lost finds its own traces, the id
 * of the claim or what it recorded, and is answered as the first was.
 */
final class Claims {
    /** How much of a lease a request may take: what is left lasts until the first beat. */
    private static final int PARTS_OF_LEASE = 2;

    private static final AttributeValue IN_PROGRESS = AttributeValue.fromS(Row.IN_PROGRESS);

    private final IdempotencyTable table;
    private final Requests requests;
    private final Texts texts;

    Claims(Wire wire, IdempotencyTable table) {
        this.table = table;
        this.requests = new Requests(wire, Failures.of(table));
        this.texts = new Texts(table);
    }

    CompletableFuture<Claim> claim(Request request) {
        String id = table.ids().get();
        Map<String, AttributeValue> values = grant(request.owner(), id, request.lease());
        boolean payload = !request.fingerprint().isEmpty();
        if (payload) {
            values.put(":validation", AttributeValue.fromS(request.fingerprint()));
        }
        request.superseding().ifPresent(fence -> values.put(":gone", number(fence)));
        long asked = table.clock().millis();
        Write grant = Lane.ACTION.grant(payload, request.superseding().isPresent());
        UpdateItemRequest update = update(request.key(), grant, values)
                .returnValues(ReturnValue.UPDATED_NEW)
                .build();
        return requests.update(update).thenCompose(answer -> {
            Row row = new Row(Lane.ACTION, answer.item());
            boolean granted =
                    answer.written() || (row.is(Row.IN_PROGRESS) && row.claim().equals(id) && !undone(answer));
            if (!granted) {
                return CompletableFuture.completedFuture(refused(request, answer));
            }
            Claim.Granted claim = granted(request.key(), row, Lane.ACTION);
            return inTime(claim, request.lease(), asked)
                    .thenApply(inTime -> inTime
                            ? claim
                            : new Claim.InProgress(claim.owner(), claim.fence(), table.seen(row.until())));
        });
    }

    CompletableFuture<UndoClaim> claimUndo(UndoRequest request) {
        String id = table.ids().get();
        Map<String, AttributeValue> values = grant(request.owner(), id, request.lease());
        values.put(":actionOwner", AttributeValue.fromS(request.actionOwner()));
        long asked = table.clock().millis();
        UpdateItemRequest update = update(request.actionKey(), Lane.UNDO.grant(false, false), values)
                .returnValues(ReturnValue.ALL_NEW)
                .build();
        return requests.update(update).thenCompose(answer -> {
            Row row = new Row(Lane.UNDO, answer.item());
            boolean granted =
                    answer.written() || (row.is(Row.IN_PROGRESS) && row.claim().equals(id));
            if (!granted) {
                return CompletableFuture.completedFuture(refused(request, answer));
            }
            Claim.Granted claim = granted(request.actionKey(), row, Lane.UNDO);
            return inTime(claim, request.lease(), asked)
                    .thenApply(inTime -> inTime
                            ? new UndoClaim.Granted(claim, past(request, answer))
                            : new UndoClaim.InProgress(claim.owner(), claim.fence(), table.seen(row.until())));
        });
    }

    CompletableFuture<Boolean> complete(Claim.Granted claim, String result) {
        return settle(claim, Row.COMPLETED, result);
    }

    CompletableFuture<Boolean> fail(Claim.Granted claim, String failure) {
        if (claim.side() == Side.UNDO) {
            throw new IllegalArgumentException("key " + claim.key()
                    + ": an undo does not fail for good; complete it, release it, or leave it claimed");
        }
        return settle(claim, Row.FAILED, failure);
    }

    CompletableFuture<Boolean> release(Claim.Granted claim) {
        Map<String, AttributeValue> values = held(claim);
        values.put(":status", AttributeValue.fromS(Row.RELEASED));
        if (claim.side() == Side.ACTION) {
            values.put(":expiration", expiration());
        }
        return requests.update(update(claim.key(), Lane.of(claim.side()).release, values)
                        .build())
                .thenApply(answer -> answer.written() || was(claim, Row.RELEASED, answer));
    }

    CompletableFuture<Boolean> extend(Claim.Granted claim, Duration lease) {
        Map<String, AttributeValue> values = held(claim);
        values.put(":until", number(until(lease)));
        return requests.update(update(claim.key(), Lane.of(claim.side()).extend, values)
                        .build())
                .thenApply(answer -> answer.written() || isHeld(claim, answer));
    }

    /**
     * Whether a grant has enough of its lease left to be used. A lease counts from before the request is sent, which may take long, as
     * where the client sends it several times: then it begins anew, unless somebody has taken the key over by now.
     */
    private CompletableFuture<Boolean> inTime(Claim.Granted claim, Duration lease, long asked) {
        if (isSoonAfter(asked, lease)) {
            return CompletableFuture.completedFuture(true);
        }
        long again = table.clock().millis();
        // what this request fails with would say of the first that it was not written
        return extend(claim, lease).handle((held, failed) -> {
            if (failed != null && !(Failures.unwrapped(failed) instanceof StoreException)) {
                throw Failures.rethrown(Failures.unwrapped(failed));
            }
            return failed == null && held && isSoonAfter(again, lease);
        });
    }

    private boolean isSoonAfter(long asked, Duration lease) {
        return table.clock().millis() - asked <= lease.toMillis() / PARTS_OF_LEASE;
    }

    private CompletableFuture<Boolean> settle(Claim.Granted claim, String status, String text) {
        Lane lane = Lane.of(claim.side());
        // what cannot be packed fails the future too
        return CompletableFuture.completedFuture(text)
                .thenApply(plain -> texts.pack(claim.key(), claim.side(), Long.toString(claim.fence()), plain))
                .thenCompose(stored -> {
                    boolean inForm = !stored.form().equals(Texts.PLAIN);
                    Map<String, AttributeValue> values = held(claim);
                    values.put(":status", AttributeValue.fromS(status));
                    values.put(":data", AttributeValue.fromS(stored.data()));
                    if (inForm) {
                        values.put(":form", AttributeValue.fromS(stored.form()));
                    }
                    values.put(":expiration", expiration());
                    return requests.update(update(claim.key(), inForm ? lane.settleInForm : lane.settle, values)
                                    .build())
                            .thenApply(answer -> answer.written()
                                    || (was(claim, status, answer)
                                            && says(text, stored, claim.key(), new Row(lane, answer.item()), lane)));
                });
    }

    /** Whether a row that has been settled says this text. One that the client has sent twice stands as it was sent, and need not open. */
    private boolean says(String text, Texts.Stored stored, String key, Row row, Lane lane) {
        return row.stored().equals(stored)
                || texts.unpack(key, lane.side, row.stored(), true).equals(text);
    }

    private UpdateItemRequest.Builder update(String key, Write write, Map<String, AttributeValue> values) {
        UpdateItemRequest.Builder request = UpdateItemRequest.builder();
        if (!write.names().isEmpty()) { // DynamoDB takes none or some, and not an empty map
            request.expressionAttributeNames(write.names());
        }
        return request.tableName(table.name())
                .key(table.primaryKey(key))
                .updateExpression(write.expression())
                .conditionExpression(write.condition())
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    private Map<String, AttributeValue> grant(String owner, String id, Duration lease) {
        long now = table.clock().millis();
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":held", IN_PROGRESS);
        values.put(":released", AttributeValue.fromS(Row.RELEASED));
        values.put(":owner", AttributeValue.fromS(owner));
        values.put(":claim", AttributeValue.fromS(id));
        // fences begin with the time, so that they grow even over a record that has been deleted
        values.put(":now", number(now));
        values.put(":one", number(1));
        values.put(":until", number(now + lease.toMillis()));
        values.put(":late", number(now - table.clockTolerance().toMillis()));
        return values;
    }

    private static Map<String, AttributeValue> held(Claim.Granted claim) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":held", IN_PROGRESS);
        values.put(":owner", AttributeValue.fromS(claim.owner()));
        values.put(":fence", number(claim.fence()));
        return values;
    }

    private static Claim.Granted granted(String key, Row row, Lane lane) {
        return new Claim.Granted(key, lane.side, row.owner(), row.fence(), row.takenOver());
    }

    private Claim refused(Request request, Answer answer) {
        Row row = new Row(Lane.ACTION, answer.item());
        if (undone(answer)) {
            return new Claim.Undone();
        }
        if (!row.validation().equals(request.fingerprint())) {
            return new Claim.OtherPayload(row.validation());
        }
        if (row.is(Row.COMPLETED)) {
            return new Claim.Completed(text(request.key(), row, Lane.ACTION));
        }
        if (row.is(Row.FAILED)) {
            return new Claim.Failed(text(request.key(), row, Lane.ACTION));
        }
        return new Claim.InProgress(row.owner(), row.fence(), table.seen(row.until()));
    }

    private UndoClaim refused(UndoRequest request, Answer answer) {
        Row undo = new Row(Lane.UNDO, answer.item());
        if (undo.is(Row.COMPLETED)) {
            return new UndoClaim.Completed(text(request.actionKey(), undo, Lane.UNDO));
        }
        if (undo.is(Row.IN_PROGRESS)) {
            return new UndoClaim.InProgress(undo.owner(), undo.fence(), table.seen(undo.until()));
        }
        return new UndoClaim.AnothersAction(new Row(Lane.ACTION, answer.item()).owner());
    }

    private UndoClaim.Past past(UndoRequest request, Answer answer) {
        Row action = new Row(Lane.ACTION, answer.item());
        if (action.is(Row.COMPLETED)) {
            return new UndoClaim.Past.Completed(texts.unpack(request.actionKey(), Side.ACTION, action.stored(), true));
        }
        return action.is(Row.IN_PROGRESS)
                ? new UndoClaim.Past.Unknown(table.seen(action.until()))
                : new UndoClaim.Past.Nothing();
    }

    /** Whether this claim has come to this end before, so that the request repeats itself. */
    private static boolean was(Claim.Granted claim, String status, Answer answer) {
        Row row = new Row(Lane.of(claim.side()), answer.item());
        return row.is(status) && row.owner().equals(claim.owner()) && row.fence() == claim.fence();
    }

    /** Whether this claim is the one that holds the key. */
    private static boolean isHeld(Claim.Granted claim, Answer answer) {
        return was(claim, Row.IN_PROGRESS, answer) && (claim.side() == Side.UNDO || !undone(answer));
    }

    private static boolean undone(Answer answer) {
        return new Row(Lane.UNDO, answer.item()).exists();
    }

    private String text(String key, Row row, Lane lane) {
        return texts.unpack(key, lane.side, row.stored(), false);
    }

    private long until(Duration lease) {
        return table.clock().millis() + lease.toMillis();
    }

    private AttributeValue expiration() {
        return number(table.expiration());
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
