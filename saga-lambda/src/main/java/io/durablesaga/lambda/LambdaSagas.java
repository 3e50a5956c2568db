package io.durablesaga.lambda;

import io.durablesaga.Saga;
import io.durablesaga.result.SagaResult;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.durable.DurableContext;
import software.amazon.lambda.durable.StepContext;
import software.amazon.lambda.durable.client.DurableExecutionClient;
import software.amazon.lambda.durable.context.BaseContext;

/**
 * A saga inside a {@code DurableHandler} of your own. Each run is a child context: one operation on top of the saga's own, which
 * records how it ended, and what stands before it or after it in the handler does not matter.
 *
 * <p>A saga that is a whole function is better off as a {@link SagaHandler}, which also shields it from what the SDK takes for the
 * failure of a step when the service is busy. A handler of your own gets most of that with {@link #shielded}.
 */
public final class LambdaSagas {
    private static final Logger LOG = LoggerFactory.getLogger("io.durablesaga");
    private static final Map<DurableContext, Set<String>> RUNS = Collections.synchronizedMap(new WeakHashMap<>());

    private LambdaSagas() {}

    /**
     * Runs a saga with default settings.
     *
     * @param run what this run is called among all of the execution's; the keys of effects derive from it
     * @return how it ended; stuck too, which the handler should let fail
     * @throws IllegalArgumentException if another run in this context has that name
     * @throws IllegalStateException inside a step
     */
    public static <I, O extends @Nullable Object> SagaResult<O> run(
            String run, Saga<I, O> saga, I input, DurableContext context) {
        return run(run, saga, input, context, LambdaSettings.defaults());
    }

    /**
     * Runs a saga with these settings, of which client, time-out and what fails an execution are the handler's own business.
     *
     * @param run what this run is called among all of the execution's; the keys of effects derive from it
     * @return how it ended; stuck too, which the handler should let fail
     * @throws IllegalArgumentException if another run in this context has that name
     * @throws IllegalStateException inside a step
     */
    public static <I, O extends @Nullable Object> SagaResult<O> run(
            String run, Saga<I, O> saga, I input, DurableContext context, LambdaSettings settings) {
        Objects.requireNonNull(input, "input");
        if (BaseContext.getCurrentContext() instanceof StepContext) {
            // the SDK finds this too, but only once the run is under way, and then nobody waits for it
            throw new IllegalStateException("saga '" + saga.name() + "', run '" + run
                    + "': it is to run inside a step, whose attempts would run it again; run it beside the step");
        }
        Set<String> names = RUNS.computeIfAbsent(context, of -> Collections.synchronizedSet(new HashSet<>()));
        if (!names.add(run)) {
            throw new IllegalArgumentException("saga '" + saga.name() + "': this execution has a run named '" + run
                    + "' already, whose effects have the same keys; give each run a name of its own");
        }
        return new SagaRunner<>(saga, settings, LOG).runAs(run, input, context);
    }

    /**
     * A client under which what goes wrong between the SDK and the service ends the invocation, instead of being recorded as the
     * failure of a step or of the execution: for {@code DurableConfig} in a handler's {@code createConfiguration()}.
     */
    public static DurableExecutionClient shielded(DurableExecutionClient client) {
        return new Shield(client);
    }
}
