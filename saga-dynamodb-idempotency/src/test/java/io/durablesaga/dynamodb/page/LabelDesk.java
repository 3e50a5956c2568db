package io.durablesaga.dynamodb.page;

import io.durablesaga.dynamodb.DynamoDbIdempotencyStore;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

// idempotency.md: a plain service
/** Prints one label per order, by a printer that knows no keys and prints whenever it is told to. */
final class LabelDesk {
    private final Once once;
    private final Printer printer;

    LabelDesk(DynamoDbClient client, Printer printer) {
        this.once = Once.over(DynamoDbIdempotencyStore.over(client, IdempotencyTable.named("effects")));
        this.printer = printer;
    }

    Label print(String order, String requestId) throws Exception {
        return once.run(
                EffectKey.of("label-" + order, requestId, Label.class),
                OnUnknown.lookUp(() -> printer.find(order)), // an earlier request has died: has it printed?
                () -> printer.print(order));
    }
}
// idempotency.md: end
