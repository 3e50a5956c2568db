package io.durablesaga.client;

import io.durablesaga.Saga;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.SagaStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * Starts executions of one saga on one numbered version of its function, and tells how they stand. It holds no connection of
 * its own and closes nothing. Thread-safe.
 *
 * <pre>{@code
 * SagaClient<Order, Receipt> orders = SagaClient.of(lambda, PLACE_ORDER, System.getenv("PLACE_ORDER_VERSION"));
 * orders.start("order-123", order);
 * Optional<SagaStatus<Receipt>> status = orders.status("order-123");
 * }</pre>
 *
 * <p>What the service refuses is thrown as the AWS SDK throws it, except where a method says otherwise.
 *
 * @param <I> what the saga takes
 * @param <O> what it yields
 */
public final class SagaClient<I, O extends @Nullable Object> {
    private final Saga<I, O> saga;
    private final FunctionVersion function;
    private final Starts<I, O> starts;
    private final Executions executions;
    private final Endings<O> endings;

    private SagaClient(LambdaClient lambda, Saga<I, O> saga, FunctionVersion function, SagaJson json) {
        this.saga = saga;
        this.function = function;
        this.starts = new Starts<>(lambda, saga, function, json);
        this.executions = new Executions(lambda, function, TimeLimit.NONE);
        this.endings = new Endings<>(saga, json);
    }

    /**
     * Over this client, for a saga whose function uses the standard JSON.
     *
     * @param functionVersion the ARN or the name of a numbered version of the saga's function, such as {@code place-order:7}
     * @throws IllegalArgumentException if it is {@code $LATEST}, an alias, or no version at all: an execution keeps the version
     *     it was started on, and only a numbered one never changes under it
     */
    public static <I, O extends @Nullable Object> SagaClient<I, O> of(
            LambdaClient lambda, Saga<I, O> saga, String functionVersion) {
        return of(lambda, saga, functionVersion, SagaJson.standard());
    }

    /**
     * Over this client, writing and reading values as the saga's function does.
     *
     * @param functionVersion the ARN or the name of a numbered version of the saga's function, such as {@code place-order:7}
     * @throws IllegalArgumentException as {@link #of(LambdaClient, Saga, String)} does
     */
    public static <I, O extends @Nullable Object> SagaClient<I, O> of(
            LambdaClient lambda, Saga<I, O> saga, String functionVersion, SagaJson json) {
        Objects.requireNonNull(lambda, "lambda");
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(functionVersion, "functionVersion");
        return new SagaClient<>(lambda, saga, FunctionVersion.numbered(saga.name(), functionVersion), json);
    }

    /**
     * Starts an execution and does not wait for it. The same name with the same input is the execution that exists, running or
     * ended, of whichever version; nothing tells the two apart. A name is free again when the retention of what went by it is over.
     *
     * <p>The service compares inputs byte by byte. Map entries are therefore written in order; records and lists have an order of
     * their own; a hash set has none. Where bytes or version differ and the JSON value does not, it is still the same input: the
     * existing execution is then found and read, which takes {@code lambda:ListDurableExecutionsByFunction} and
     * {@code lambda:GetDurableExecution}.
     *
     * <p>An input that the saga's validations refuse is started all the same and ends compensated: its function decides, so that
     * every starter gets the same answer.
     *
     * @throws ExecutionConflict if the name is in use for another input, or for one that this caller may not read
     * @throws IllegalArgumentException if the name is malformed, or the input is null, does not read back from its JSON, or is
     *     larger than the 1 MB that the service takes; nothing was started
     */
    public StartedExecution start(String name, I input) {
        return starts.start(name, input);
    }

    /**
     * Starts an execution and waits until it has ended, for sagas that are over within the 15 minutes of a synchronous invocation.
     * The same name with the same input is the execution that exists, as with {@link #start}, and this waits for its end.
     *
     * <p>Where the service or the SDK gives up waiting, the execution does not: {@link #status} tells how it went on. Give the
     * {@code LambdaClient} timeouts that are longer than the saga; the SDK's own are shorter, and it would ask again.
     *
     * @return {@link SagaStatus.Ended} or {@link SagaStatus.Dead}; where the name was in use for the same input as other bytes or on
     *     another version, how that execution stands
     * @throws io.durablesaga.SagaDefinitionException if the saga may take longer than 15 minutes
     * @throws ExecutionConflict as {@link #start} does
     * @throws IllegalArgumentException as {@link #start} does; a synchronous input may have 6 MB
     * @throws IllegalStateException if what the function returned is no result of this saga
     */
    public SagaStatus<O> run(String name, I input) {
        return starts.run(name, input);
    }

    /**
     * Where an execution stands, or empty if the service knows none: not yet, as just after {@link #start}, or not any more, once
     * its retention is over.
     *
     * <p>Completed, compensated and stuck are {@link SagaStatus.Ended}, with the whole result. What the service ended itself, and
     * what failed otherwise than by being stuck, is {@link SagaStatus.Dead}: nothing was undone. While it runs, its history tells
     * whether it is parked, waits or works; an incarnation that works between two operations looks like one that waits.
     *
     * <p>By a name, it is looked for among the executions of this version and of the ten before it, and the newest counts; an ARN
     * leads to executions of any version.
     *
     * @param execution a name or an ARN
     * @throws IllegalArgumentException if the ARN is that of another function's execution
     * @throws IllegalStateException if its result is that of another saga, or does not read
     */
    public Optional<SagaStatus<O>> status(String execution) {
        return arn(execution).flatMap(executions::get).map(found -> endings.status(found, executions));
    }

    /**
     * What an execution waits for somebody outside to answer, parked decisions included, oldest first. Empty if it has ended, or if
     * the service knows no such execution. {@link SagaCallbacks} answers them.
     *
     * @param execution a name or an ARN, as for {@link #status}
     * @throws IllegalArgumentException if the ARN is that of another function's execution
     */
    public List<OpenCallback> openCallbacks(String execution) {
        return arn(execution).map(arn -> executions.history(arn).callbacks()).orElse(List.of());
    }

    private Optional<String> arn(String execution) {
        if (!execution.startsWith("arn:")) { // which no name does: it has no colon
            return executions.find(execution);
        }
        if (!function.owns(execution)) {
            throw new IllegalArgumentException("saga '" + saga.name() + "', execution '" + execution
                    + "': it is no execution of function '" + function.function() + "'");
        }
        return Optional.of(execution);
    }

    @Override
    public String toString() {
        return "client of saga '" + saga.name() + "' on " + function;
    }
}
