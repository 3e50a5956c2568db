package io.durablesaga.dynamodb;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The two requests there are, through the user's own client of either kind; with a blocking one, futures are done when given. */
interface Wire {
    CompletableFuture<UpdateItemResponse> update(UpdateItemRequest request);

    CompletableFuture<TransactWriteItemsResponse> transact(TransactWriteItemsRequest request);

    static Wire of(DynamoDbClient client) {
        return new Wire() {
            @Override
            public CompletableFuture<UpdateItemResponse> update(UpdateItemRequest request) {
                return now(() -> client.updateItem(request));
            }

            @Override
            public CompletableFuture<TransactWriteItemsResponse> transact(TransactWriteItemsRequest request) {
                return now(() -> client.transactWriteItems(request));
            }
        };
    }

    static Wire of(DynamoDbAsyncClient client) {
        return new Wire() {
            @Override
            public CompletableFuture<UpdateItemResponse> update(UpdateItemRequest request) {
                return client.updateItem(request);
            }

            @Override
            public CompletableFuture<TransactWriteItemsResponse> transact(TransactWriteItemsRequest request) {
                return client.transactWriteItems(request);
            }
        };
    }

    private static <T> CompletableFuture<T> now(Supplier<T> call) {
        try {
            return CompletableFuture.completedFuture(call.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
