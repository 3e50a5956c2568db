package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Reasons of a cancelled transaction that DynamoDB Local does not give when asked to. */
final class TransactionFailuresTest {
    private static final TransactWriteItemsRequest REQUEST = TransactWriteItemsRequest.builder()
            .transactItems(write("effects"), write("orders"))
            .build();

    @ParameterizedTest
    @CsvSource({
        "TransactionConflict, , Conflict",
        "ThrottlingError, , Throttled",
        "ProvisionedThroughputExceeded, , Throttled",
        "ItemCollectionSizeLimitExceeded, , ItemTooLarge",
        "ValidationError, Item size to update has exceeded the maximum allowed size, ItemTooLarge",
        "ValidationError, The provided key element does not match the schema, WrongKeySchema",
        "ValidationError, Type mismatch for attribute to update, RequestRefused",
    })
    void a_reason_that_is_no_condition_is_a_failure_of_its_own_table(
            String code, @Nullable String message, String failure) {
        cancelled(1, reason("None", null), reason(code, message))
                .isInstanceOfSatisfying(StoreException.class, thrown -> {
                    assertThat(thrown.getClass().getSimpleName()).isEqualTo(failure);
                    assertThat(thrown).hasMessageStartingWith("table orders: ");
                    assertThat(thrown.mayBeWritten()).isFalse();
                });
    }

    @Test
    void after_an_attempt_without_an_answer_a_conflict_does_not_say_that_nothing_was_written() {
        cancelled(2, reason("None", null), reason("TransactionConflict", null))
                .isInstanceOfSatisfying(
                        StoreException.Conflict.class,
                        thrown -> assertThat(thrown.mayBeWritten()).isTrue());
    }

    @Test
    void a_conflict_goes_before_the_condition_of_a_write() {
        cancelled(1, reason("TransactionConflict", null), reason("ConditionalCheckFailed", null))
                .isInstanceOf(StoreException.Conflict.class);
    }

    @Test
    void a_record_that_is_refused_goes_before_everything() {
        CancellationReason refused = reason("ConditionalCheckFailed", null);
        CancellationReason conflict = reason("TransactionConflict", null);
        List<CancellationReason> reasons =
                requests(1, refused, conflict).transact(REQUEST).join();
        assertThat(reasons).containsExactly(refused, conflict);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> cancelled(
            int attempts, CancellationReason... reasons) {
        return assertThatThrownBy(() -> Requests.now(requests(attempts, reasons).transact(REQUEST)));
    }

    /** Of a service that cancels. */
    private static Requests requests(int attempts, CancellationReason... reasons) {
        TransactionCanceledException cancelled = TransactionCanceledException.builder()
                .cancellationReasons(reasons)
                .message("Transaction cancelled, please refer cancellation reasons for specific reasons "
                        + Stream.of(reasons).map(CancellationReason::code).toList())
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("TransactionCanceledException")
                        .build())
                .statusCode(400)
                .numAttempts(attempts)
                .build();
        Wire wire = new Wire() {
            @Override
            public CompletableFuture<UpdateItemResponse> update(UpdateItemRequest request) {
                return CompletableFuture.failedFuture(cancelled);
            }

            @Override
            public CompletableFuture<TransactWriteItemsResponse> transact(TransactWriteItemsRequest request) {
                return CompletableFuture.failedFuture(cancelled);
            }
        };
        return new Requests(wire, Failures.of(IdempotencyTable.named("effects")));
    }

    private static CancellationReason reason(String code, @Nullable String message) {
        return CancellationReason.builder().code(code).message(message).build();
    }

    private static TransactWriteItem write(String table) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table))
                .build();
    }
}
