package io.durablesaga.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResults;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.lambda.durable.exception.UnrecoverableDurableExecutionException;

/** A saga's end that fails its execution, so that somebody is told; the error's data is the whole result. */
final class SagaEnded extends UnrecoverableDurableExecutionException {
    private static final long serialVersionUID = 1L;
    private static final String STUCK = "SagaStuck";
    private static final String COMPENSATED = "SagaCompensated";
    private static final String REFUSED = "SagaRefused";
    private static final int MOST_BYTES = 32_000; // the service takes 32,768 of an error, its type and message included

    private static final ObjectMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private SagaEnded(ErrorObject error) {
        super(error, false);
    }

    /** Something is left for a person. */
    static SagaEnded stuck(SagaResult.Stuck<?> stuck, SagaResults results) {
        return of(
                STUCK,
                "saga '" + stuck.saga() + "' is stuck because of "
                        + stuck.cause().path() + "; open effects: "
                        + stuck.open().size(),
                fitting(stuck, results));
    }

    /** Everything is undone, and the function's settings say that this fails the execution. */
    static SagaEnded compensated(SagaResult.Compensated<?> compensated, SagaResults results) {
        return of(
                COMPENSATED,
                "saga '" + compensated.saga() + "' was undone because of "
                        + compensated.cause().path(),
                fitting(compensated, results));
    }

    /** Nothing has run, and nothing can. */
    static SagaEnded refused(String message) {
        return of(REFUSED, message, null);
    }

    private static SagaEnded of(String type, String message, @Nullable String data) {
        return new SagaEnded(ErrorObject.builder()
                .errorType(type)
                .errorMessage(message)
                .errorData(data)
                .build());
    }

    /** The saga result that an error holds, or null if it is not one of these. */
    static @Nullable String resultIn(@Nullable ErrorObject error) {
        if (error == null) {
            return null;
        }
        boolean named = STUCK.equals(error.errorType()) || COMPENSATED.equals(error.errorType());
        return named && unwound(error.errorData()) ? error.errorData() : null;
    }

    /** Anybody may call an error by these names: what its data then says must not pass for a saga's, let alone for a result. */
    private static boolean unwound(@Nullable String data) {
        if (data == null) {
            return false;
        }
        try {
            Optional<String> how = SagaResults.how(ASCII.readTree(data));
            return how.isPresent() && !how.get().equals("completed");
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /**
     * The result as JSON, with as much of what it says about each effect as fits: the messages go first. No effect is ever left
     * out, even where the result is then larger than the console shows.
     */
    private static String fitting(SagaResult<?> result, SagaResults results) {
        try {
            String whole = results.write(result);
            return fits(whole) ? whole : results.write(withoutMessages(result));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("how a saga ended always serialises", e);
        }
    }

    private static SagaResult<?> withoutMessages(SagaResult<?> result) {
        if (result instanceof SagaResult.Stuck<?> stuck) {
            return new SagaResult.Stuck<>(
                    stuck.saga(), withoutMessage(stuck.cause()), withoutMessages(stuck.effects()));
        }
        SagaResult.Compensated<?> undone = (SagaResult.Compensated<?>) result;
        return new SagaResult.Compensated<>(
                undone.saga(), withoutMessage(undone.cause()), withoutMessages(undone.effects()));
    }

    private static Cause withoutMessage(Cause cause) {
        return new Cause(cause.path(), withoutMessage(cause.failure()));
    }

    private static Failure withoutMessage(Failure failure) {
        return new Failure(failure.kind(), failure.type(), "");
    }

    private static List<EffectReport> withoutMessages(List<EffectReport> effects) {
        return effects.stream().map(SagaEnded::withoutMessage).toList();
    }

    private static EffectReport withoutMessage(EffectReport effect) {
        Failure error = effect.lastError();
        return new EffectReport(
                effect.path(),
                effect.action(),
                effect.state(),
                effect.actionKey(),
                effect.undoKey(),
                effect.actionAttempts(),
                effect.undoAttempts(),
                error == null ? null : withoutMessage(error),
                effect.reason());
    }

    /** As the service measures it: quoted, and with everything but ASCII escaped. */
    private static boolean fits(String json) throws JsonProcessingException {
        return ASCII.writeValueAsString(json).length() <= MOST_BYTES;
    }
}
