package io.durablesaga.dynamodb;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What a failed request means: which kind of failure it is, and whether it may have been carried out. */
final class Failures {
    private static final Set<String> THROTTLED = Set.of(
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "ThrottlingException",
            "Throttling",
            "ThrottlingError",
            "ProvisionedThroughputExceeded");
    private static final Set<String> CONFLICT = Set.of("TransactionConflictException", "TransactionConflict");
    private static final Set<String> NOT_PERMITTED = Set.of(
            "AccessDeniedException",
            "UnrecognizedClientException",
            "MissingAuthenticationTokenException",
            "MissingAuthenticationToken",
            "IncompleteSignatureException",
            "InvalidSignatureException",
            "ExpiredTokenException");
    private static final Pattern WRONG_KEY = Pattern.compile(
            "key element does not match the schema|One of the required keys was not given a value|Missing the key"
                    + "|Type mismatch for key|number of conditions on the keys is invalid",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TOO_LARGE = Pattern.compile("item size.*(exceeded|maximum)", Pattern.CASE_INSENSITIVE);

    private final String table;
    private final String wrongKey;

    /** @param wrongKey what to say where the table's key is another */
    private Failures(String table, String wrongKey) {
        this.table = table;
        this.wrongKey = wrongKey;
    }

    static Failures of(IdempotencyTable table) {
        String attributes = table.partitionKey()
                + table.sortKey().map(sort -> " and " + sort).orElse("");
        return new Failures(
                table.name(),
                "its key is not " + attributes + " (of type String); name its key attributes with"
                        + " IdempotencyTable.keyedBy or IdempotencyTable.shared");
    }

    /** Of an update of an item that is its user's own. */
    static Failures of(UpdateItemRequest update) {
        return new Failures(
                String.valueOf(update.tableName()),
                "its key is not " + new TreeSet<>(update.key().keySet())
                        + ", or of other types; give the request the key of that table's items");
    }

    /** The tables that these write to. */
    static String tables(List<TransactWriteItem> writes) {
        return writes.stream().map(RecordedWrites::table).distinct().collect(Collectors.joining(", "));
    }

    /** Of writes in a transaction. */
    static Failures of(List<TransactWriteItem> writes) {
        return new Failures(
                tables(writes),
                "a write's key is not that of its table, or of other types; give it the key of that table's items, and"
                        + " the record's with IdempotencyTable.keyedBy or IdempotencyTable.shared");
    }

    /** What a request of this action has failed with, thrown again where it is not DynamoDB's. */
    StoreException of(String action, Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        if (cause instanceof AwsServiceException failed && failed.awsErrorDetails() != null) {
            // what stands in between, such as a proxy, answers without a code
            String code = failed.awsErrorDetails().errorCode();
            return of(
                    action,
                    failed,
                    code == null ? "HTTP " + failed.statusCode() : code,
                    failed.statusCode(),
                    String.valueOf(failed.getMessage()));
        }
        if (cause instanceof SdkException) {
            return new StoreException.Unanswered(table, cause);
        }
        throw rethrown(cause);
    }

    /** The same for one of the reasons that a transaction was cancelled for. */
    StoreException of(String action, AwsServiceException failed, String code, int status, String said) {
        // an attempt that was not the last one may have been carried out, whatever the last was told
        boolean maybe = failed.numAttempts() == null || failed.numAttempts() > 1;
        if (THROTTLED.contains(code)) {
            return new StoreException.Throttled(table, maybe, failed);
        }
        if (CONFLICT.contains(code)) {
            return new StoreException.Conflict(table, maybe, failed);
        }
        if (status >= 500 || code.equals("TransactionInProgressException")) {
            return new StoreException.Unanswered(table, failed);
        }
        if (code.startsWith("ItemCollectionSizeLimitExceeded")
                || TOO_LARGE.matcher(said).find()) {
            return new StoreException.ItemTooLarge(table, failed);
        }
        if (code.equals("ResourceNotFoundException")) {
            return new StoreException.TableMissing(table, failed);
        }
        if (WRONG_KEY.matcher(said).find()) {
            return new StoreException.WrongKeySchema(table, wrongKey, failed);
        }
        if (NOT_PERMITTED.contains(code)) {
            return new StoreException.NotPermitted(table, action, code, maybe, failed);
        }
        return new StoreException.RequestRefused(table, code, maybe, failed);
    }

    /** What a future failed with, without what futures put around it. */
    static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? unwrapped(cause) : thrown;
    }

    /** Thrown as it is where it can be. */
    static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
    }
}
