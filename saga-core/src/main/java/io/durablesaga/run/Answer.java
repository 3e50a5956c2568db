package io.durablesaga.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.StepKey;
import io.durablesaga.engine.CallbackOutcome;
import io.durablesaga.engine.InvokeOutcome;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResults;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came from outside, read as the type that the saga expects: a value, or why there is none. */
record Answer(@Nullable Object value, @Nullable Failure failure) {

    /** Of a callback: JSON, or any text where a string is expected. Whoever sent it, the notification had its effect. */
    static Answer of(CallbackOutcome outcome, StepKey<?> key, SagaJson json) {
        if (outcome instanceof CallbackOutcome.Completed completed) {
            try {
                return new Answer(json.read(completed.payload(), key.type()), null);
            } catch (JsonProcessingException e) {
                return key.type().equals(String.class)
                        ? new Answer(completed.payload(), null)
                        : failed(Failure.rejected(Machinery.NOT_READABLE, unreadable(key, e)));
            }
        }
        if (outcome instanceof CallbackOutcome.Failed failed) {
            return failed(Failure.rejected(Machinery.FAILED_BY_SENDER, failed.error()));
        }
        boolean heartbeat = outcome instanceof CallbackOutcome.TimedOut timedOut && timedOut.heartbeat();
        return failed(Failure.rejected(
                Machinery.TIMED_OUT, heartbeat ? "a heartbeat was missed" : "nobody answered in time"));
    }

    /** Of an invoked function: where it is a saga, compensated means without effect and stuck means unknown. */
    static Answer of(InvokeOutcome outcome, StepKey<?> key, SagaJson json) {
        if (outcome instanceof InvokeOutcome.Failed failed) {
            return failed(Failure.unknown(failed.type(), failed.message()));
        }
        String payload = ((InvokeOutcome.Completed) outcome).payload();
        try {
            JsonNode tree = json.mapper().readTree(payload);
            Optional<String> how = SagaResults.how(tree);
            if (how.filter("compensated"::equals).isPresent()) {
                return failed(Failure.rejected(Machinery.COMPENSATED, causeOf(tree)));
            }
            if (how.filter("stuck"::equals).isPresent()) {
                return failed(Failure.unknown(Machinery.STUCK, causeOf(tree)));
            }
            boolean saga = how.filter("completed"::equals).isPresent();
            return new Answer(saga ? valueOf(payload, key, json) : json.read(payload, key.type()), null);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return failed(Failure.unknown(Machinery.NOT_READABLE, unreadable(key, e)));
        }
    }

    private static @Nullable Object valueOf(String result, StepKey<?> key, SagaJson json)
            throws JsonProcessingException {
        SagaResult<@Nullable Object> read = new SagaResults(json.mapper()).read(result, key.type());
        return read instanceof SagaResult.Completed<@Nullable Object> completed ? completed.value() : null;
    }

    private static Answer failed(Failure failure) {
        return new Answer(null, failure);
    }

    private static String causeOf(JsonNode result) {
        return "because of " + result.path("cause").path("path").asText("?");
    }

    private static String unreadable(StepKey<?> key, Exception e) {
        return "the payload does not read as " + key.type().getTypeName() + ": " + e.getMessage();
    }
}
