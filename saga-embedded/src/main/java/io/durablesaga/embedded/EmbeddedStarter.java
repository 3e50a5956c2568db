package io.durablesaga.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import io.durablesaga.Saga;
import io.durablesaga.embedded.journal.ExecutionRow;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.start.Failed;
import io.durablesaga.start.SagaStarter;
import io.durablesaga.start.Standing;
import io.durablesaga.start.StandingAnswer;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Starts executions of one saga on this engine, from JSON. Thread-safe. */
final class EmbeddedStarter<I> implements SagaStarter {
    private final Saga<I, ?> saga;
    private final Scheduler scheduler;
    private final Starts starts;
    private final SagaJson json;
    private final ObjectReader payloads;

    EmbeddedStarter(Saga<I, ?> saga, Scheduler scheduler, EngineParts parts) {
        this.saga = saga;
        this.scheduler = scheduler;
        this.starts = new Starts(scheduler, parts);
        this.json = parts.settings().json();
        this.payloads = json.mapper()
                .readerFor(json.mapper().constructType(saga.inputType()))
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS); // two values are no JSON
    }

    @Override
    public StartAnswer start(StartRequest request) {
        if (!scheduler.isRegistered(saga)) {
            return new Failed(
                    who(request) + "another definition of the saga has been registered; start by that one", false);
        }
        try {
            I input = read(request.payload());
            String written = json.write(input);
            if (input == null || json.read(written, saga.inputType()) == null) {
                return new StartAnswer.Refused(who(request) + "the payload is null; nothing was started");
            }
            return new StartAnswer.Accepted(
                    request.name(),
                    starts.start(saga, request.name(), input, written).uid());
        } catch (JsonProcessingException unreadable) {
            return new StartAnswer.Refused(who(request) + "the payload does not read as "
                    + saga.inputType().getTypeName() + ", or not again once it is written ("
                    + SagaJson.why(unreadable) + "); nothing was started");
        } catch (ExecutionConflict inUse) {
            return new StartAnswer.Conflict(String.valueOf(inUse.getMessage()));
        } catch (JournalException journal) {
            return failed(journal);
        }
    }

    @Override
    public StandingAnswer standing(StartAnswer.Accepted execution, Duration within) {
        try {
            return scheduler
                    .read(reads -> reads.execution(execution.name()))
                    .filter(row -> is(row, execution))
                    .map(row -> standing(row.state()))
                    .orElseGet(() -> new Standing(Standing.State.UNKNOWN, ""));
        } catch (JournalException journal) {
            return failed(journal);
        }
    }

    @Override
    public int largestPayload() {
        return Integer.MAX_VALUE;
    }

    private boolean is(ExecutionRow row, StartAnswer.Accepted execution) {
        return row.saga().equals(saga.name())
                && (execution.execution() == null || execution.execution().equals(row.uid()));
    }

    private static Standing standing(ExecutionRow.State state) {
        return switch (state) {
            case RUNNING, WAITING, PARKED, HALTED -> new Standing(Standing.State.RUNNING, "");
            case COMPLETED -> new Standing(Standing.State.COMPLETED, "");
            case COMPENSATED -> new Standing(Standing.State.COMPENSATED, "");
            case STUCK -> new Standing(Standing.State.FAILED, "stuck");
        };
    }

    private @Nullable I read(String payload) throws JsonProcessingException {
        try {
            return payloads.readValue(payload);
        } catch (RuntimeException thrown) {
            // a reader of one's own has; what it says may quote the payload, and is not told
            throw new JsonMappingException(
                    null, "a reader threw " + thrown.getClass().getSimpleName(), thrown);
        }
    }

    private static Failed failed(JournalException journal) {
        return new Failed(String.valueOf(journal.getMessage()), journal.passing());
    }

    private String who(StartRequest request) {
        return "saga '" + saga.name() + "', execution '" + request.name() + "': ";
    }
}
