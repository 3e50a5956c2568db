package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.durablesaga.dynamodb.local.FaultyHttp;
import io.durablesaga.dynamodb.local.FaultyHttp.Fault;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What DynamoDB does not do is said by type, with whether it may have been done all the same, and what to do. */
@ExtendWith(LocalDynamoDb.Extension.class)
class StoreExceptionTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Request REQUEST = Request.of("k", "owner", LEASE);

    private final FaultyHttp http = new FaultyHttp();
    private LocalDynamoDb dynamo;
    private IdempotencyTable table;

    @BeforeEach
    void openTable(LocalDynamoDb local) {
        dynamo = local;
        table = Effects.table(dynamo);
    }

    private DynamoDbIdempotencyStore store(int attempts) {
        DynamoDbClient client = dynamo.client(builder -> builder.httpClient(http)
                .overrideConfiguration(settings -> settings.retryStrategy(DefaultRetryStrategy.standardStrategyBuilder()
                        .maxAttempts(attempts)
                        .build())));
        return DynamoDbIdempotencyStore.over(client, table);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ProvisionedThroughputExceededException, too fast, Throttled",
        "400, ThrottlingException, too fast, Throttled",
        "400, RequestLimitExceeded, too fast, Throttled",
        "400, TransactionConflictException, a transaction is ongoing, Conflict",
        "400, ItemCollectionSizeLimitExceededException, too large, ItemTooLarge",
        "400, ValidationException, Item size to update has exceeded the maximum allowed size, ItemTooLarge",
        "400, ValidationException, Item size has exceeded the maximum allowed size, ItemTooLarge",
        "400, ResourceNotFoundException, Requested resource not found, TableMissing",
        "400, ValidationException, The provided key element does not match the schema, WrongKeySchema",
        "400, ValidationException, something else, RequestRefused",
        "400, AccessDeniedException, no, NotPermitted",
        "400, UnrecognizedClientException, the token is invalid, NotPermitted",
        "500, InternalServerError, oops, Unanswered",
        "503, ServiceUnavailable, oops, Unanswered"
    })
    void each_refusal_has_its_type(int status, String code, String message, String type) {
        http.next(new Fault.Answered(status, code, message));

        StoreException failure = catchThrowableOfType(StoreException.class, () -> store(1).claim(REQUEST));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure.mayBeWritten()).isEqualTo(status == 500 || status == 503);
        assertThat(failure).hasMessageStartingWith("table " + table.name() + ": ");
    }

    @ParameterizedTest
    @CsvSource({"502, Unanswered", "503, Unanswered", "403, RequestRefused"})
    void an_answer_that_is_not_of_DynamoDB_has_a_type_too(int status, String type) {
        http.next(new Fault.TurnedBack(status));

        StoreException failure = catchThrowableOfType(StoreException.class, () -> store(1).claim(REQUEST));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure.mayBeWritten()).isEqualTo(status > 500);
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, Throttled",
        "TransactionConflictException, Conflict",
        "ExpiredTokenException, NotPermitted",
        "ValidationException, RequestRefused"
    })
    void a_refusal_after_a_lost_answer_may_have_been_written(String code, String type) {
        http.next(new Fault.AnswerLost(), new Fault.Answered(400, code, "no"));

        StoreException failure = catchThrowableOfType(StoreException.class, () -> store(2).claim(REQUEST));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure.mayBeWritten())
                .as("the first attempt was carried out")
                .isTrue();
        assertThat(store(1).claim(Request.of("k", "another", LEASE))).isInstanceOf(Claim.InProgress.class);
    }

    @Test
    void no_answer_may_have_been_written_and_asking_again_tells() {
        http.next(new Fault.AnswerLost());

        StoreException failure = catchThrowableOfType(StoreException.class, () -> store(1).claim(REQUEST));

        assertThat(failure).isInstanceOf(StoreException.Unanswered.class);
        assertThat(failure.mayBeWritten()).isTrue();
        assertThat(store(1).claim(REQUEST))
                .isInstanceOfSatisfying(
                        Claim.Granted.class,
                        granted -> assertThat(granted.takenOver()).isTrue());
    }

    @Test
    void a_missing_table_is_named() {
        table = IdempotencyTable.named(Effects.unusedName());

        assertThatExceptionOfType(StoreException.TableMissing.class)
                .isThrownBy(() -> store(1).claim(REQUEST))
                .withMessage("table " + table.name()
                        + ": there is none of this name in this account and Region; deploy it, or name the right one");
    }

    @Test
    void another_partition_key_is_named() {
        table = table.keyedBy("pk");

        assertThatExceptionOfType(StoreException.WrongKeySchema.class)
                .isThrownBy(() -> store(1).claim(REQUEST))
                .withMessageContaining("its key is not pk (of type String)");
    }

    @Test
    void a_missing_sort_key_is_named() {
        table = table.shared("id", "sk", "effect#");

        assertThatExceptionOfType(StoreException.WrongKeySchema.class)
                .isThrownBy(() -> store(1).claim(REQUEST))
                .withMessageContaining("its key is not id and sk (of type String)");
    }

    @Test
    void a_key_of_another_type_is_named() {
        String numbered = Effects.unusedName();
        dynamo.client()
                .createTable(create -> create.tableName(numbered)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("id")
                                .attributeType(ScalarAttributeType.N)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("id")
                                .keyType(KeyType.HASH)
                                .build())
                        .billingMode(BillingMode.PAY_PER_REQUEST));
        table = IdempotencyTable.named(numbered);

        assertThatExceptionOfType(StoreException.WrongKeySchema.class).isThrownBy(() -> store(1).claim(REQUEST));
    }

    @Test
    void an_item_with_no_room_left_is_too_large_and_nothing_is_written() {
        Claim.Granted granted = (Claim.Granted) store(1).claim(REQUEST);
        dynamo.client()
                .updateItem(update -> update.tableName(table.name())
                        .key(table.primaryKey("k"))
                        .updateExpression("SET padding = :padding")
                        .expressionAttributeValues(
                                Collections.singletonMap(":padding", AttributeValue.fromS("x".repeat(300_000)))));

        assertThatExceptionOfType(StoreException.ItemTooLarge.class)
                .isThrownBy(() -> store(1).complete(granted, "x".repeat(200_000)))
                .satisfies(failure -> assertThat(failure.mayBeWritten()).isFalse());
        assertThat(store(1).complete(granted, "small")).isTrue();
    }

    @Test
    void a_key_too_long_for_DynamoDB_is_refused_before_it_is_sent() {
        http.reset();

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> store(1).claim(Request.of("☂".repeat(400), "owner", LEASE)))
                .withMessage("key: 1200 bytes with its prefix, at most 1024; use a hash of it");
        assertThat(http.requests()).isZero();
    }
}
