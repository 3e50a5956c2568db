package io.durablesaga.testing.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.result.SagaResult;
import io.durablesaga.run.SagaRun;
import io.durablesaga.start.ExecutionName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts executions by name: once, however often. */
final class Starts {
    private final Records records;
    private final SimulatedProcess process;

    Starts(Records records, SimulatedProcess process) {
        this.records = records;
        this.process = process;
    }

    <I> void start(Saga<I, ?> saga, String name, I input) {
        if (process.saga(saga.name()) != saga) {
            throw refusal(saga, name, "another definition is registered under its name; register this one");
        }
        if (!ExecutionName.isLegal(name)) {
            throw refusal(saga, name, "malformed name; use 1 to 64 letters, digits, '-' or '_'");
        }
        String json = write(saga, name, input);
        Optional<ExecutionRecord> existing = records.find(name);
        if (existing.isEmpty()) {
            startNew(saga, name, input, json);
        } else if (!existing.get().saga().equals(saga.name())
                || !existing.get().input().equals(json)) {
            throw refusal(saga, name, "the name is in use for another input or saga; start it under another name");
        }
    }

    private <I> void startNew(Saga<I, ?> saga, String name, I input, String json) {
        ExecutionIdentity identity = new ExecutionIdentity(records.newId("execution"), name);
        ExecutionRecord execution = new ExecutionRecord(identity, saga.name(), json, null);
        Optional<SagaResult<?>> refused = SagaRun.validate(saga, input)
                .map(cause -> new SagaResult.Compensated<@Nullable Object>(saga.name(), cause, List.of()));
        if (refused.isEmpty()) {
            records.write(List.of(execution.written(Event.STARTED)), this::requireLive, () -> records.add(execution));
            return;
        }
        String result = process.write(refused.get());
        records.write(
                List.of(execution.written(Event.STARTED), execution.written(Event.FAILED)), this::requireLive, () -> {
                    execution.end(result);
                    records.add(execution);
                });
        SagaRun.tellRefused(saga, identity, refused.get(), process.settings());
    }

    private void requireLive() {
        if (process.isDead()) {
            throw new IllegalStateException("the process has been killed; reopen the engine");
        }
    }

    private <I> String write(Saga<I, ?> saga, String name, I input) {
        try {
            String json = process.settings().json().write(input);
            if (process.settings().json().read(json, saga.inputType()) == null) {
                throw refusal(saga, name, "the input is null; nothing was started");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw refusal(
                    saga,
                    name,
                    "the input cannot be written as JSON and read back as "
                            + saga.inputType().getTypeName() + " (" + e.getOriginalMessage()
                            + "); nothing was started");
        }
    }

    private static IllegalArgumentException refusal(Saga<?, ?> saga, @Nullable String name, String why) {
        return new IllegalArgumentException("saga '" + saga.name() + "', execution '" + name + "': " + why);
    }
}
