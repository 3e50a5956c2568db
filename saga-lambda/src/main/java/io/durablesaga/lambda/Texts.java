package io.durablesaga.lambda;

import org.jspecify.annotations.Nullable;
import software.amazon.lambda.durable.TypeToken;
import software.amazon.lambda.durable.serde.SerDes;

/**
 * How texts that are JSON already pass the SDK: as they are. No exception is ever built from a record, so that what the SDK throws
 * does not depend on which class a record names.
 */
@SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // the SDK's interface takes and returns null
final class Texts implements SerDes {
    static final TypeToken<String> TEXT = TypeToken.get(String.class);
    static final Texts AS_THEY_ARE = new Texts();

    private Texts() {}

    @Override
    public @Nullable String serialize(@Nullable Object value) {
        if (value instanceof StepFailed failed) {
            return failed.data();
        }
        return value instanceof String text ? text : null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T deserialize(@Nullable String data, TypeToken<T> type) {
        return type.getType() == String.class ? (T) data : null;
    }
}
