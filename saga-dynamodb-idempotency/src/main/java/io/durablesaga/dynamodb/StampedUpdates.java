package io.durablesaga.dynamodb;

import io.durablesaga.Effect;
import io.durablesaga.dynamodb.Requests.Answer;
import io.durablesaga.dynamodb.StampWrite.Turn;
import io.durablesaga.dynamodb.StampWrite.When;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Updates that stamp the item they update: each is one UpdateItem, which decides by its condition and answers, where that does not
 * hold, with the item it did not hold of. A request that the client sends again finds the stamp of the first.
 */
final class StampedUpdates {
    /** Each repeat needs somebody else to have changed the item in between in a way that happens once in a generation. */
    private static final int MOST_REPEATS = 5;

    private final Wire wire;
    private final StampSettings settings;

    StampedUpdates(Wire wire, StampSettings settings) {
        this.wire = Objects.requireNonNull(wire, "wire");
        this.settings = settings;
    }

    StampedUpdates keepingFor(Duration keep) {
        return with(new StampSettings(settings.attribute(), keep, settings.most(), settings.clock()));
    }

    StampedUpdates atMost(int most) {
        return with(new StampSettings(settings.attribute(), settings.keep(), most, settings.clock()));
    }

    StampedUpdates attribute(String prefix) {
        return with(new StampSettings(prefix, settings.keep(), settings.most(), settings.clock()));
    }

    StampedUpdates clock(InstantSource clock) {
        return with(new StampSettings(settings.attribute(), settings.keep(), settings.most(), clock));
    }

    CompletableFuture<Stamped> apply(UpdateItemRequest effect, String key) {
        StampWrite write = new StampWrite(settings, effect, Objects.requireNonNull(key, "key"), When.TO_HAPPEN);
        return send(write).thenApply(answer -> {
            if (answer.written()) {
                return new Stamped.Applied(plain(answer.response()));
            }
            StampedItem item = new StampedItem(settings, answer.item());
            if (item.has(write.barred())) {
                throw new EffectRefused(key, new Refusal.Undone());
            }
            if (item.has(key)) {
                return new Stamped.Already(item.plain());
            }
            answer.requireSentOnce(effect.tableName());
            throw new EffectRefused(key, new Refusal.OfItem(item.plain()));
        });
    }

    CompletableFuture<StampedUndo> undo(UpdateItemRequest undo, Effect<?> action) {
        When when = action.result().isPresent() ? When.KNOWN_TO_HAVE_HAPPENED : When.HAPPENED;
        return undo(new StampWrite(settings, undo, action.actionKey(), when), MOST_REPEATS);
    }

    private CompletableFuture<StampedUndo> undo(StampWrite write, int repeats) {
        return send(write).thenCompose(answer -> {
            if (answer.written()) {
                return done(new StampedUndo.Applied(plain(answer.response())));
            }
            StampedItem item = new StampedItem(settings, answer.item());
            if (item.has(write.barred())) {
                return done(new StampedUndo.Already(item.plain()));
            }
            if (write.isLetInBy(item)) {
                answer.requireSentOnce(write.update().tableName());
                throw new UndoRefused(
                        write.key(),
                        "table " + write.update().tableName()
                                + ", its own condition does not hold of the item; undo without one, or mend the item");
            }
            return bar(write, repeats);
        });
    }

    /** Keeps an action that has left no stamp from coming late; one that comes just now is undone after all. */
    private CompletableFuture<StampedUndo> bar(StampWrite undo, int repeats) {
        return send(undo.barrier()).thenCompose(answer -> {
            StampedItem item = new StampedItem(settings, answer.item());
            if (answer.written()) {
                return done(new StampedUndo.Nothing(settings.beginning(item.generation() - 1)));
            }
            if (item.has(undo.barred())) {
                return done(new StampedUndo.Already(item.plain()));
            }
            requireMore(undo, repeats);
            return undo(undo, repeats - 1);
        });
    }

    private CompletableFuture<Answer> send(StampWrite write) {
        return send(write, Turn.of(settings.generation()), MOST_REPEATS);
    }

    private CompletableFuture<Answer> send(StampWrite write, Turn turn, int repeats) {
        Requests requests = new Requests(wire, Failures.of(write.update()));
        return requests.update(write.at(turn)).thenCompose(answer -> {
            Optional<Turn> better =
                    answer.written() ? Optional.empty() : better(write, turn, new StampedItem(settings, answer.item()));
            if (better.isEmpty()) {
                return done(answer);
            }
            requireMore(write, repeats);
            return send(write, better.get(), repeats - 1);
        });
    }

    /** What to try instead where neither the stamps on the item nor its user's condition were against it. */
    private Optional<Turn> better(StampWrite write, Turn turn, StampedItem item) {
        if (!write.isLetInBy(item)) {
            return Optional.empty();
        }
        requireSameKeep(write, item);
        if (item.generation() > turn.generation()) {
            // a clock behind that of the last writer: its generation is current, and none of its stamps may be dropped
            return Optional.of(Turn.of(item.generation()));
        }
        if (write.hasRoomOn(item, turn)) {
            return Optional.empty();
        }
        if (item.generation() >= turn.generation() - 1) {
            throw new StoreException.StampsFull(
                    write.update().tableName(), item.size(turn.generation()), settings.keep());
        }
        // the slot is full of what was stamped long ago, while nobody wrote for more than a generation
        Turn anew = new Turn(turn.generation(), OptionalLong.of(item.generation()));
        return anew.equals(turn) ? Optional.empty() : Optional.of(anew);
    }

    private void requireSameKeep(StampWrite write, StampedItem item) {
        if (!item.keep().equals(settings.keep())) {
            throw new IllegalStateException("table " + write.update().tableName() + ", key " + write.key()
                    + ": the stamps on the item are kept for " + item.keep() + ", not for " + settings.keep()
                    + "; keep all stamps in " + settings.attribute() + " for the same time. Nothing was written");
        }
    }

    private static void requireMore(StampWrite write, int repeats) {
        if (repeats == 0) {
            throw new StoreException.Conflict(
                    write.update().tableName(),
                    false,
                    new IllegalStateException("the item changed after each of " + MOST_REPEATS + " requests"));
        }
    }

    private UpdateItemResponse plain(UpdateItemResponse response) {
        return response.hasAttributes()
                ? response.toBuilder()
                        .attributes(new StampedItem(settings, response.attributes()).plain())
                        .build()
                : response;
    }

    private StampedUpdates with(StampSettings newSettings) {
        return new StampedUpdates(wire, newSettings);
    }

    private static <T> CompletableFuture<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
