package io.durablesaga.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.embedded.journal.ExecutionRow;
import io.durablesaga.embedded.journal.ExecutionRow.State;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.Writes;
import io.durablesaga.engine.EffectKeys;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.result.SagaResult;
import io.durablesaga.run.SagaRun;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts executions by name: once, whoever asks and however often. */
final class Starts {
    private final Scheduler scheduler;
    private final EngineParts parts;

    Starts(Scheduler scheduler, EngineParts parts) {
        this.scheduler = scheduler;
        this.parts = parts;
    }

    <I> EmbeddedEngine.Started start(Saga<I, ?> saga, String name, I input) {
        return start(saga, name, input, write(saga, name, input));
    }

    /** The same, where the input has been written already, and has been read back. */
    <I> EmbeddedEngine.Started start(Saga<I, ?> saga, String name, I input, String json) {
        Optional<SagaResult<?>> refused = SagaRun.validate(saga, input)
                .map(cause -> new SagaResult.Compensated<@Nullable Object>(saga.name(), cause, List.of()));
        ExecutionRow row = row(saga, name, json, refused);
        Inserted inserted = insert(row);
        ExecutionRow existing = inserted.row();
        if (!existing.saga().equals(saga.name()) || !existing.input().equals(json)) {
            throw new ExecutionConflict(
                    "saga '" + saga.name() + "', execution '" + name + "': the name is in use by saga '"
                            + existing.saga() + "' with "
                            + (existing.saga().equals(saga.name()) ? "another input" : "its own input")
                            + "; start another order under another name, or the same one with the same input");
        }
        if (inserted.now() && refused.isPresent()) {
            ExecutionIdentity identity = new ExecutionIdentity(existing.uid(), name);
            SagaRun.tellRefused(saga, identity, refused.get(), scheduler.settings());
        } else if (inserted.now()) {
            scheduler.launch(existing.id(), false);
        }
        return new EmbeddedEngine.Started(existing.uid());
    }

    private record Inserted(ExecutionRow row, boolean now) {}

    /** What cannot be told to be durable may be all the same, and then nobody else would ever work on it. */
    private Inserted insert(ExecutionRow row) {
        try {
            return scheduler.commit(writes -> {
                scheduler.requireOpen();
                return insert(row, writes);
            });
        } catch (JournalException maybe) {
            scheduler.maybeStarted(row.name());
            throw maybe;
        }
    }

    private static Inserted insert(ExecutionRow row, Writes writes) {
        Optional<ExecutionRow> existing = writes.execution(row.name());
        if (existing.isPresent()) {
            return new Inserted(existing.get(), false);
        }
        long id = writes.insert(row);
        return new Inserted(writes.execution(id).orElseThrow(), true);
    }

    /** An input that the saga's validations refuse ends at once, in the same commit: nothing can have happened. */
    private ExecutionRow row(Saga<?, ?> saga, String name, String json, Optional<SagaResult<?>> refused) {
        String uid = scheduler.newId();
        long now = scheduler.now();
        ExecutionRow row = new ExecutionRow(
                0,
                name,
                uid,
                EffectKeys.executionPart(uid),
                saga.name(),
                json,
                State.RUNNING,
                ExecutionRow.WORKED_ON,
                false,
                now,
                now,
                null,
                null,
                null);
        return refused.map(result -> row.ended(State.COMPENSATED, scheduler.writeResult(result), now))
                .orElse(row);
    }

    private <I> String write(Saga<I, ?> saga, String name, I input) {
        try {
            String json = parts.settings().json().write(input);
            if (parts.settings().json().read(json, saga.inputType()) == null) {
                throw new IllegalArgumentException(
                        "saga '" + saga.name() + "', execution '" + name + "': the input is null; nothing was started");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "saga '" + saga.name() + "', execution '" + name
                            + "': the input cannot be written as JSON and read back as "
                            + saga.inputType().getTypeName() + " (" + e.getOriginalMessage() + "); nothing was started",
                    e);
        }
    }
}
