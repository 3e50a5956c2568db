package io.durablesaga.dynamodb;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Counts requests from one thread, has others come in between, and loses answers. */
final class WatchedWire implements Wire {
    private final Wire wire;
    private final Map<Integer, Runnable> before = new HashMap<>();
    private final Set<Integer> lost = new HashSet<>();
    private int requests;

    WatchedWire(Wire wire) {
        this.wire = wire;
    }

    int requests() {
        return requests;
    }

    /** Runs this before the request of this number, the first being 1. */
    WatchedWire before(int request, Runnable other) {
        before.put(request, other);
        return this;
    }

    /** Carries out the request of this number, but says that there was no answer. */
    WatchedWire losing(int request) {
        lost.add(request);
        return this;
    }

    @Override
    public CompletableFuture<UpdateItemResponse> update(UpdateItemRequest request) {
        return watched(() -> wire.update(request));
    }

    @Override
    public CompletableFuture<TransactWriteItemsResponse> transact(TransactWriteItemsRequest request) {
        return watched(() -> wire.transact(request));
    }

    private <T> CompletableFuture<T> watched(Supplier<CompletableFuture<T>> call) {
        int number = ++requests;
        before.getOrDefault(number, () -> {}).run();
        CompletableFuture<T> answer = call.get();
        return lost.contains(number)
                ? answer.handle((response, thrown) -> {
                    throw SdkClientException.create("connection reset");
                })
                : answer;
    }
}
