package io.durablesaga.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durablesaga.result.SagaResults;
import io.durablesaga.start.Failed;
import io.durablesaga.start.Standing;
import io.durablesaga.start.Standing.State;
import io.durablesaga.start.StandingAnswer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;

/** Reads how an execution stands off what the service has of it, without knowing its saga. */
final class Standings {
    static final Standing UNKNOWN = new Standing(State.UNKNOWN, "");

    /** What names a kind of error, and cannot be somebody's data. */
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.$:-]{1,200}");

    private final ObjectMapper mapper;

    Standings(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    StandingAnswer of(GetDurableExecutionResponse execution) {
        String type = type(execution.error());
        return switch (execution.status()) {
            case RUNNING -> new Standing(State.RUNNING, "");
            case SUCCEEDED -> succeeded(execution.result());
            // one that was undone, too, where its function is made to fail for it: whoever wants that wants it looked
            // at
            case FAILED -> new Standing(State.FAILED, type);
            case TIMED_OUT -> new Standing(State.TIMED_OUT, type);
            case STOPPED -> new Standing(State.STOPPED, type);
            case UNKNOWN_TO_SDK_VERSION ->
                new Failed(
                        "its status is '" + execution.statusAsString()
                                + "', which this version of the library does not know; use a newer one",
                        false);
        };
    }

    private Standing succeeded(@Nullable String result) {
        if (result == null) {
            return new Standing(State.COMPLETED, "its result was not handed out; may this caller read it?");
        }
        return switch (how(result)) {
            case "compensated" -> new Standing(State.COMPENSATED, "");
            // a handler of one's own may return such a result instead of failing
            case "stuck" -> new Standing(State.FAILED, "stuck");
            default -> new Standing(State.COMPLETED, "");
        };
    }

    /** How a saga's result says that it ended; anything else of what is no saga's. */
    private String how(String result) {
        try {
            return SagaResults.how(mapper.readTree(result)).orElse("");
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private static String type(@Nullable ErrorObject error) {
        String type = error == null ? "" : String.valueOf(error.errorType());
        return TYPE.matcher(type).matches() && !type.equals("null") ? type : "";
    }
}
