package io.durablesaga.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResults;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import software.amazon.lambda.durable.TypeToken;
import software.amazon.lambda.durable.exception.SerDesException;
import software.amazon.lambda.durable.serde.SerDes;

/** How the SDK's local runner reads a saga's input and result. */
@SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // the SDK's interface takes and returns null
final class SagaValues<O> implements SerDes {
    private final Saga<?, O> saga;
    private final SagaJson json;

    SagaValues(Saga<?, O> saga, SagaJson json) {
        this.saga = saga;
        this.json = json;
    }

    @Override
    public @Nullable String serialize(@Nullable Object value) {
        try {
            if (value instanceof SagaResult<?> result) {
                return new SagaResults(json.mapper()).write(result);
            }
            return value == null || value instanceof Throwable ? null : json.write(value);
        } catch (JsonProcessingException e) {
            throw new SerDesException("saga '" + saga.name() + "': " + e.getOriginalMessage(), e);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // read as the type that the token says
    public <T> @Nullable T deserialize(@Nullable String data, TypeToken<T> type) {
        if (data == null) {
            return null;
        }
        try {
            Type wanted = type.getType();
            boolean result = wanted == SagaResult.class
                    || (wanted instanceof ParameterizedType generic && generic.getRawType() == SagaResult.class);
            return (T)
                    (result ? new SagaResults(json.mapper()).read(data, saga.outputType()) : json.read(data, wanted));
        } catch (JsonProcessingException e) {
            throw new SerDesException("saga '" + saga.name() + "': " + e.getOriginalMessage(), e);
        }
    }
}
