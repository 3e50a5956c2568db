package io.durablesaga.lambda;

import java.nio.charset.StandardCharsets;
import software.amazon.lambda.durable.model.DurableExecutionOutput;
import software.amazon.lambda.durable.serde.DurableInputOutputSerDes;

/**
 * What a function returns: at most 6 MB, with the result quoted inside. The SDK records a result that is too large to be returned,
 * but measures it unquoted; one that only outgrows the response there would fail every invocation that returns it.
 */
final class Response {
    private static final int MOST_BYTES = 6 * 1024 * 1024;
    private static final int MOST_OF_RESULT = MOST_BYTES - 50; // the SDK's
    private static final DurableInputOutputSerDes WIRE = new DurableInputOutputSerDes();

    private Response() {}

    /** The result, with blanks after it where it would not fit once it is quoted, so that the SDK records it instead. */
    static String fitting(String json) {
        int bytes = bytes(json);
        if (bytes < MOST_BYTES / 4 || bytes > MOST_OF_RESULT || quoted(json) <= MOST_BYTES) {
            return json;
        }
        return json + " ".repeat(MOST_OF_RESULT + 1 - bytes);
    }

    private static int quoted(String json) {
        return bytes(WIRE.serialize(DurableExecutionOutput.success(json)));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
