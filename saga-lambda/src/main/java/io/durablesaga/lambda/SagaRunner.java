package io.durablesaga.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durablesaga.Saga;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.ReplayMismatch;
import io.durablesaga.result.Cause;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResults;
import io.durablesaga.run.RunSettings;
import io.durablesaga.run.SagaRun;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import software.amazon.lambda.durable.DurableContext;
import software.amazon.lambda.durable.config.RunInChildContextConfig;
import software.amazon.lambda.durable.exception.UnrecoverableDurableExecutionException;
import software.amazon.lambda.durable.execution.SuspendExecutionException;

/** Runs a saga in a context of the SDK's. Thread-safe. */
final class SagaRunner<I, O extends @Nullable Object> {
    private final Saga<I, O> saga;
    private final LambdaSettings settings;
    private final Envelopes envelopes;
    private final RunSettings run;
    private final SagaResults results;

    SagaRunner(Saga<I, O> saga, LambdaSettings settings, Logger log) {
        LambdaLimits.check(saga, settings.executionTimeout());
        this.saga = saga;
        this.settings = settings;
        this.envelopes = new Envelopes(settings.claimCheck());
        this.run = new RunSettings(settings.json(), settings.listener(), envelopes.mostResultBytes(), log);
        this.results = new SagaResults(settings.json().mapper());
    }

    /** Loads what reads and writes the saga's values. */
    void prime() {
        ObjectMapper mapper = settings.json().mapper();
        Stream.of(saga.inputType(), saga.outputType())
                .map(mapper::constructType)
                .forEach(mapper::readerFor); // which looks for the deserializer at once
        Cause none = new Cause("prime", Failure.rejected("prime", ""));
        String unused = json(new SagaResult.Compensated<>(saga.name(), none, List.of()));
    }

    /** The saga in a context that it has to itself. */
    SagaResult<O> run(I input, DurableContext context, ExecutionIdentity identity, Records records) {
        Binding binding = new Binding(records, identity, envelopes, settings.executionTimeout(), settings.clock());
        return SagaRun.run(saga, input, LambdaOperations.root(context, binding), run);
    }

    /** The saga in a child context of one that others use too; its end is recorded as that of the child. */
    SagaResult<O> runAs(String name, I input, DurableContext context) {
        ExecutionIdentity whole = identity(context);
        String inside = context.getContextId() == null ? "" : context.getContextId() + "/";
        ExecutionIdentity identity = new ExecutionIdentity(whole.id() + "/" + inside + name, whole.name());
        RunInChildContextConfig config =
                RunInChildContextConfig.builder().serDes(Texts.AS_THEY_ARE).build();
        String text = context.runInChildContext(
                name, Texts.TEXT, child -> json(orInterrupted(input, child, identity)), config);
        try {
            return results.read(text, saga.outputType());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new Interrupted(new ReplayMismatch(
                    "saga '" + saga.name() + "', run '" + name
                            + "': its recorded result does not read; an execution goes on under the function version that it was"
                            + " started on",
                    e));
        }
    }

    /** Of the whole function, {@code arn:...:function:name:version/durable-execution/name/id}: unique among all there ever are. */
    static ExecutionIdentity identity(DurableContext context) {
        String[] arn = context.getExecutionArn().split("/", -1);
        return new ExecutionIdentity(context.getExecutionArn(), arn.length < 2 ? arn[0] : arn[arn.length - 2]);
    }

    /** The result, unless it is to fail the execution. */
    SagaResult<O> orFail(SagaResult<O> result) {
        if (result instanceof SagaResult.Stuck<O> stuck) {
            throw SagaEnded.stuck(stuck, results);
        }
        if (result instanceof SagaResult.Compensated<O> compensated && settings.compensatedFails()) {
            throw SagaEnded.compensated(compensated, results);
        }
        return result;
    }

    String json(SagaResult<O> result) {
        try {
            return results.write(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("saga '" + saga.name() + "': its result was read back from JSON", e);
        }
    }

    /** Whatever comes out of a run is machinery and no failure of the child, which the SDK would record and hand to the handler. */
    private SagaResult<O> orInterrupted(I input, DurableContext child, ExecutionIdentity identity) {
        try {
            return run(input, child, identity, Records.unknown());
        } catch (SuspendExecutionException | UnrecoverableDurableExecutionException known) {
            throw known;
        } catch (RuntimeException | Error machinery) {
            throw new Interrupted(machinery);
        }
    }
}
