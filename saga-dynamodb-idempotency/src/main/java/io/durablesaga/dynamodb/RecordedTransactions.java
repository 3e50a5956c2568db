package io.durablesaga.dynamodb;

import io.durablesaga.idempotency.ClaimException;
import io.durablesaga.idempotency.EffectKey;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Has an effect that is up to 99 writes to tables once per key, without a request more: the writes and the record of the key are one
 * transaction.
 *
 * <pre>{@code
 * .step(BOOK, s -> {
 *             transactions.apply(EffectKey.of(s.key(), BOOK), "\"booked\"", List.of(debit(s), credit(s)));
 *             return "booked";
 *         },
 *         undo((s, effect) -> transactions.undo(
 *                 EffectKey.of(effect.actionKey(), BOOK), s.key(), List.of(creditBack(s), debitBack(s)))))
 * }</pre>
 *
 * <p>All of it is written or none: there is never an effect without its record, so none is unknown. The record is the one that
 * {@link DynamoDbIdempotencyStore} makes in the same table: what was claimed, completed or undone there counts here, and the other
 * way round. An undo is one transaction too, and one update more where the action never came. Whatever DynamoDB does not do is a
 * {@link StoreException}; {@link StoreException.Conflict} says that another transaction was at one of the items.
 *
 * <p>A {@linkplain EffectRefused refusal} leaves no record, so it is not remembered: do not say {@code providerReplays()} of such a
 * step. An attempt that was cut short may still be on its way when the next one is refused; that refusal then counts as unknown,
 * and the undo keeps the late one out.
 *
 * <p>What is impossible: tables of another Region or account, more than 100 items with the record or more than 4 MB, and two writes
 * of the same item in one transaction. DynamoDB counts each write of a transaction twice. A key that comes again after the record's
 * {@linkplain IdempotencyTable#retention retention} is a new one, and an undo finds nothing by then.
 *
 * <p>Immutable and thread-safe.
 *
 * @see AsyncRecordedTransactions
 * @see Stamps
 */
public final class RecordedTransactions {
    private final Transactions transactions;

    RecordedTransactions(Transactions transactions) {
        this.transactions = transactions;
    }

    /** With records in this table, reached by this client as the tables of the writes are. */
    public static RecordedTransactions over(DynamoDbClient client, IdempotencyTable table) {
        return new RecordedTransactions(new Transactions(Wire.of(client), table));
    }

    /**
     * Carries out the writes, unless that has been done under this key. Where the record and a write are both against it, the record
     * decides.
     *
     * @param key of the effect; its owner and payload are recorded
     * @param result what whoever comes again is told, as JSON; how it is stored, and how large it may be, is the table's setting
     * @param writes 1 to 99, with conditions of their own, and none of the record
     * @throws EffectRefused if conditions of the writes do not hold, the effect has been undone, or a claim of the key failed for
     *     good: there surely is no effect
     * @throws ClaimException if somebody has claimed the key, or it is another payload's
     */
    public Transacted apply(EffectKey<?> key, String result, List<TransactWriteItem> writes) {
        return Requests.now(transactions.apply(key, result, writes));
    }

    /**
     * Carries out writes that undo an effect, unless there is none or it has been undone; from here on it is not let in any more.
     *
     * @param action the key of the effect, with the owner it was had by
     * @param undoKey who undoes it; in a saga {@code s.key()}
     * @param writes 1 to 99, with conditions of their own, and none of the record
     * @throws UndoRefused if conditions of the writes do not hold, somebody has claimed the key or its undo, or the effect is somebody
     *     else's: it stands
     */
    public TransactedUndo undo(EffectKey<?> action, String undoKey, List<TransactWriteItem> writes) {
        return Requests.now(transactions.undo(action, undoKey, writes));
    }
}
