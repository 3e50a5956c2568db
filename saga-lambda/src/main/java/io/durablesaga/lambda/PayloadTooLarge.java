package io.durablesaga.lambda;

import io.durablesaga.engine.InvokeCall;
import io.durablesaga.engine.InvokeOutcome;
import io.durablesaga.engine.Reply;
import io.durablesaga.engine.StepCall;
import io.durablesaga.engine.StepOutcome;
import io.durablesaga.result.Failure;
import java.nio.charset.StandardCharsets;

/**
 * A payload that no function can be invoked with. The service refuses it however often it is asked, which would keep the execution
 * from ever ending, so a failing operation is recorded in its place.
 */
final class PayloadTooLarge {
    private static final String TYPE = "payload too large";

    private PayloadTooLarge() {}

    static boolean in(InvokeCall call) {
        return bytes(call) > LambdaLimits.PAYLOAD;
    }

    /** What is recorded instead. */
    static StepCall failure(InvokeCall call) {
        Failure failure = Failure.rejected(
                TYPE,
                "the payload takes " + bytes(call) + " bytes as JSON, and at most " + LambdaLimits.PAYLOAD
                        + " are recorded; hand over a reference to it instead");
        return new StepCall(
                StepCall.Kind.FAILURE,
                "failed:" + call.name(),
                call.name(),
                attempt -> new Reply.Failed(failure),
                1,
                Integer.MAX_VALUE);
    }

    static InvokeOutcome outcome(StepOutcome recorded) {
        return recorded instanceof StepOutcome.Failed failed
                ? new InvokeOutcome.Failed(
                        failed.failure().type(), failed.failure().message())
                : new InvokeOutcome.Failed(TYPE, "");
    }

    private static int bytes(InvokeCall call) {
        return call.payload().getBytes(StandardCharsets.UTF_8).length;
    }
}
