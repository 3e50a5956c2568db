package io.durablesaga.dynamodb;

import io.durablesaga.Effect;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Has an effect that is an update of one item once per key, without a request more: the key is stamped on that very item, in the
 * same write.
 *
 * <pre>{@code
 * .step(RESERVE, s -> {
 *             stamps.apply(take(s.input()), s.key());
 *             return s.input().quantity();
 *         },
 *         undo((s, effect) -> stamps.undo(putBack(s.input()), effect)))
 * }</pre>
 *
 * <p>The update is an ordinary one, with expressions, a condition and return values of its own; stamps are written along and its
 * condition is made stricter. Whether it is sent again by the client, by an attempt, or by another process: there is one effect.
 * An undo is one request too, and one more where the action never came. Whatever DynamoDB does not do is a {@link StoreException}.
 *
 * <p>Stamps are string sets on the item, in the attributes {@code stamps_0}, {@code stamps_1} and {@code stamps_2}; {@code stamps_at}
 * says when it was last stamped. They are kept for the time given, less what the clocks of its writers differ, and for
 * twice that at most while the item is stamped. So they are bounded in number; the bytes they take count for the capacity that the
 * item's reads and writes take, and for its size. Indexes and streams that have all attributes have these.
 *
 * <p>A {@linkplain EffectRefused refusal} leaves nothing on the item, so it is not remembered: do not say {@code providerReplays()} of
 * such a step. An attempt that was cut short may still be on its way when the next one is refused; that refusal then counts as
 * unknown, and the undo keeps the late one out.
 *
 * <p>What is impossible:
 *
 * <ul>
 *   <li>Stamps go with their item. One that is deleted or put anew has none, so an effect that is a PutItem or DeleteItem, or whose
 *       item may be deleted in between, takes {@link RecordedTransactions}.
 *   <li>A key that comes again when its stamp has been dropped is a new one. Keep stamps for longer than any execution lasts with its
 *       redeliveries and its undo.
 *   <li>A clock that is far ahead drops what is current, and takes the item along: until the others come up to it, no stamp is
 *       dropped and the item may get full.
 *   <li>An undo that comes before its action leaves a stamp even where there is no item, so there is one afterwards, with nothing
 *       but its key: a late action that creates the item must be kept out too. A condition that an item exists therefore names an
 *       attribute that is not part of the key.
 *   <li>All who stamp an item say the same of how long stamps are kept; another time is refused.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 *
 * @see AsyncStamps
 */
public final class Stamps {
    private final StampedUpdates updates;

    Stamps(StampedUpdates updates) {
        this.updates = updates;
    }

    /** On the items of any table, reached by this client. */
    public static Stamps over(DynamoDbClient client) {
        return new Stamps(new StampedUpdates(Wire.of(client), StampSettings.standard()));
    }

    /** How long stamps are kept at least, an hour or more; 7 days unless told otherwise. */
    public Stamps keepingFor(Duration keep) {
        return new Stamps(updates.keepingFor(keep));
    }

    /**
     * How many effects may stamp an item within the time that stamps are kept, 200 unless told otherwise; undos find room for as many
     * again. A tenth of it may be taken by older stamps.
     */
    public Stamps atMost(int stamps) {
        return new Stamps(updates.atMost(stamps));
    }

    /** What the names of the attributes begin with, in letters, digits and {@code _}; {@code stamps} unless told otherwise. */
    public Stamps attribute(String prefix) {
        return new Stamps(updates.attribute(prefix));
    }

    /** In this time. */
    public Stamps clock(InstantSource clock) {
        return new Stamps(updates.clock(clock));
    }

    /**
     * Updates the item, unless that has been done under this key.
     *
     * @param effect with expressions, not with the older parameters; with placeholders that do not begin with
     *     {@code :stamp_}. What it says of the item to be returned when its condition fails is not heeded: it is returned
     * @param key the effect's; in a saga {@code s.key()}. At most 256 bytes, not beginning with {@code !}
     * @throws EffectRefused if the update's own condition does not hold, or the effect has been undone: there surely is no effect
     * @throws StoreException.StampsFull if there is no room for one more stamp; nothing was written
     */
    public Stamped apply(UpdateItemRequest effect, String key) {
        return Requests.now(updates.apply(effect, key));
    }

    /**
     * Updates the item so that an effect is undone, unless there is none or it has been undone; from here on it is not let in any
     * more, and whoever comes late with it is told that it is {@linkplain Refusal.Undone undone}.
     *
     * @param undo of the same item, with what holds for {@link #apply} holding for it
     * @param action what is known of the effect. Where there is a result it has happened, and is undone even if its stamp has been
     *     dropped; where there is none, its stamp decides
     * @throws UndoRefused if the update's own condition does not hold: the effect stands
     * @throws StoreException.StampsFull if there is no room for one more stamp; nothing was written
     */
    public StampedUndo undo(UpdateItemRequest undo, Effect<?> action) {
        return Requests.now(updates.undo(undo, action));
    }
}
