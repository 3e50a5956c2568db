package io.durablesaga.dynamodb;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** What became of the undo of an effect that stamps its item: it is undone in any case. Items are shown without their stamps. */
public sealed interface StampedUndo {
    /**
     * It is undone, now, and the action is not let in any more.
     *
     * @param response to the update, with the attributes it asked for
     */
    record Applied(UpdateItemResponse response) implements StampedUndo {}

    /**
     * It had been undone before, or there had been nothing to undo; nothing was written.
     *
     * @param item as it is now: others may have changed it since
     */
    record Already(Map<String, AttributeValue> item) implements StampedUndo {}

    /**
     * The action has left no stamp, and none is let in any more: there is nothing to undo and never will be.
     *
     * @param since how far back that reaches: stamps from before may have been dropped. An action whose first attempt is older may
     *     have happened; look it up
     */
    record Nothing(Instant since) implements StampedUndo {}
}
