package io.durablesaga.dynamodb;

import io.durablesaga.idempotency.EffectKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * {@link RecordedTransactions} without waiting: what is a result there completes a future here, what is thrown there fails it,
 * arguments that cannot be excepted. A claim check or seal of the table works on the caller's thread when a result is stored, and on
 * the one that completes the client's own futures when one is read. Immutable and thread-safe.
 */
public final class AsyncRecordedTransactions {
    private final Transactions transactions;

    private AsyncRecordedTransactions(Transactions transactions) {
        this.transactions = transactions;
    }

    /** With records in this table, reached by this client as the tables of the writes are. */
    public static AsyncRecordedTransactions over(DynamoDbAsyncClient client, IdempotencyTable table) {
        return new AsyncRecordedTransactions(new Transactions(Wire.of(client), table));
    }

    /** See {@link RecordedTransactions#apply}. */
    public CompletableFuture<Transacted> apply(EffectKey<?> key, String result, List<TransactWriteItem> writes) {
        return transactions.apply(key, result, writes);
    }

    /** See {@link RecordedTransactions#undo}. */
    public CompletableFuture<TransactedUndo> undo(EffectKey<?> action, String undoKey, List<TransactWriteItem> writes) {
        return transactions.undo(action, undoKey, writes);
    }
}
