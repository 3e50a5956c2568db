package io.durablesaga.dynamodb;

import io.durablesaga.Effect;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * {@link Stamps} without waiting: what is a result there completes a future here, what is thrown there fails it, arguments that
 * cannot be excepted. Immutable and thread-safe.
 */
public final class AsyncStamps {
    private final StampedUpdates updates;

    AsyncStamps(StampedUpdates updates) {
        this.updates = updates;
    }

    /** On the items of any table, reached by this client. */
    public static AsyncStamps over(DynamoDbAsyncClient client) {
        return new AsyncStamps(new StampedUpdates(Wire.of(client), StampSettings.standard()));
    }

    /** See {@link Stamps#keepingFor}. */
    public AsyncStamps keepingFor(Duration keep) {
        return new AsyncStamps(updates.keepingFor(keep));
    }

    /** See {@link Stamps#atMost}. */
    public AsyncStamps atMost(int stamps) {
        return new AsyncStamps(updates.atMost(stamps));
    }

    /** See {@link Stamps#attribute}. */
    public AsyncStamps attribute(String prefix) {
        return new AsyncStamps(updates.attribute(prefix));
    }

    /** See {@link Stamps#clock}. */
    public AsyncStamps clock(InstantSource clock) {
        return new AsyncStamps(updates.clock(clock));
    }

    /** See {@link Stamps#apply}. */
    public CompletableFuture<Stamped> apply(UpdateItemRequest effect, String key) {
        return updates.apply(effect, key);
    }

    /** See {@link Stamps#undo}. */
    public CompletableFuture<StampedUndo> undo(UpdateItemRequest undo, Effect<?> action) {
        return updates.undo(undo, action);
    }
}
