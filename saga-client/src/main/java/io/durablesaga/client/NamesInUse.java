package io.durablesaga.client;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.DurableExecutionAlreadyStartedException;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** Finds out whose a name is that the service says is in use. */
final class NamesInUse {
    private static final int FORBIDDEN = 403;

    private final FunctionVersion function;
    private final JsonValues values;

    NamesInUse(FunctionVersion function, JsonValues values) {
        this.function = function;
        this.values = values;
    }

    /** Whose a name is. */
    sealed interface Owner {
        /** The execution with the same input. */
        record Same(GetDurableExecutionResponse execution) implements Owner {}

        /**
         * Another execution, or one that is not known to have the same input.
         *
         * @param use what the name is in use for, as far as that can be told
         * @param refusal what the service said to whoever wanted to know, or null
         */
        record Other(String use, @Nullable LambdaException refusal) implements Owner {}
    }

    /**
     * Whose it is.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException what the service says to reading requests, except that this caller
     *     may not read
     */
    Owner owner(Executions executions, String name, String payload, DurableExecutionAlreadyStartedException inUse) {
        try {
            Optional<String> named = arnIn(String.valueOf(inUse.getMessage()), name);
            if (named.isPresent() && !function.owns(named.get())) {
                return other("by an execution of another function, " + named.get());
            }
            return named.or(() -> executions.find(name))
                    .flatMap(executions::get)
                    .map(existing -> compared(existing, payload))
                    .orElseGet(() -> other("by an execution that is not among those of " + executions.searched()));
        } catch (LambdaException refused) {
            if (refused.statusCode() != FORBIDDEN) {
                throw refused;
            }
            return new Owner.Other(
                    "by an execution that this caller may not read, for which it takes"
                            + " lambda:ListDurableExecutionsByFunction and lambda:GetDurableExecution",
                    refused);
        }
    }

    private Owner compared(GetDurableExecutionResponse existing, String payload) {
        if (existing.inputPayload() == null) {
            return other("for an input that the service does not hand out; may this caller read it?");
        }
        return values.same(payload, existing.inputPayload()) ? new Owner.Same(existing) : other("for another input");
    }

    private static Owner other(String use) {
        return new Owner.Other(use, null);
    }

    /** The service's message may say whose name it is; it is not documented to. */
    private static Optional<String> arnIn(String message, String name) {
        Matcher arn = Pattern.compile(
                        "arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9_-]+:(?:\\$LATEST|[0-9]+)"
                                + "/durable-execution/" + Pattern.quote(name) + "/[a-zA-Z0-9_-]+")
                .matcher(message);
        return arn.find() ? Optional.of(arn.group()) : Optional.empty();
    }
}
