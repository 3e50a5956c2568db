package io.durablesaga.lambda.scenario;

import io.durablesaga.Saga;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.lambda.durable.model.DurableExecutionOutput;

/**
 * An execution and all that happens to it from outside. Immutable: each method returns another one.
 *
 * @param name what it is about, good for the name of a file
 * @param program what runs
 * @param input as JSON
 * @param answer what every callback is completed with, as JSON, or null where nobody answers
 * @param interruptedAt the operation whose first attempt is cut off when its start has been recorded, or null
 * @param functions how the functions that can be invoked end, by their names; an operation that invokes one has its name
 */
public record Scenario(
        String name,
        Program program,
        String input,
        @Nullable String answer,
        @Nullable String interruptedAt,
        Map<String, DurableExecutionOutput> functions) {

    /** A saga that nobody outside has to do anything for. */
    static Scenario of(String name, Function<World, Saga<?, ?>> saga) {
        return new Scenario(name, new SagaProgram(saga), "\"books\"", null, null, Map.of());
    }

    Scenario input(String json) {
        return new Scenario(name, program, json, answer, interruptedAt, functions);
    }

    Scenario answered(String json) {
        return new Scenario(name, program, input, json, interruptedAt, functions);
    }

    Scenario interruptedAt(String operation) {
        return new Scenario(name, program, input, answer, operation, functions);
    }

    Scenario withFunction(String function, String result) {
        return withFunction(function, DurableExecutionOutput.success(result));
    }

    Scenario withBrokenFunction(String function) {
        return withFunction(
                function,
                DurableExecutionOutput.failure(ErrorObject.builder()
                        .errorType("Broken")
                        .errorMessage("out of order")
                        .build()));
    }

    private Scenario withFunction(String function, DurableExecutionOutput end) {
        return new Scenario(name, program, input, answer, interruptedAt, Map.of(function, end));
    }

    /** The same, done by something else. */
    public Scenario by(Program other) {
        return new Scenario(name, other, input, answer, interruptedAt, functions);
    }

    @Override
    public String toString() {
        return name;
    }
}
