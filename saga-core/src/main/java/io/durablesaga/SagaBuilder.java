package io.durablesaga;

import com.fasterxml.jackson.core.type.TypeReference;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds a saga: every step with what undoes it, in the order they run.
 *
 * <pre>{@code
 * Saga<Order, Receipt> placeOrder = SagaBuilder.saga("place-order", Order.class)
 *     .step(RESERVE, s -> stock.reserve(s.input().lines(), s.key()),
 *           undo((s, effect) -> stock.release(effect.actionKey())))
 *     .step(CHARGE, with().rejectedBy(CardDeclined.class),
 *           s -> cards.charge(s.input().card(), s.input().total(), s.key()),
 *           undo((s, effect) -> cards.refund(effect.actionKey(), s.key())))
 *     .returning(Receipt.class, s -> new Receipt(s.result(CHARGE).id()));
 * }</pre>
 *
 * <p>Not thread-safe; the saga it builds is immutable.
 *
 * @param <I> the type of the saga's input
 */
public final class SagaBuilder<I> extends BeforePivot<I, View<I>, Scope<I>, SagaBuilder<I>> {
    private static final Parking A_WEEK = Parking.park(Duration.ofDays(7));

    private final Type inputType;

    private SagaBuilder(String name, Type inputType) {
        super(new Definition(name), new ArrayList<>());
        this.inputType = Objects.requireNonNull(inputType, "inputType");
    }

    /** Starts a saga whose input is of a plain class. */
    public static <I> SagaBuilder<I> saga(String name, Class<I> input) {
        return new SagaBuilder<>(name, input);
    }

    /** Starts a saga whose input is of a generic type. */
    public static <I> SagaBuilder<I> saga(String name, TypeReference<I> input) {
        return new SagaBuilder<>(name, input.getType());
    }

    /**
     * Checks the input before anything is recorded: an exception ends the execution as compensated, with nothing to undo.
     * Stands before every other node.
     */
    public SagaBuilder<I> validate(Consumer<I> check) {
        long others =
                nodes.stream().filter(node -> !(node instanceof Node.Validate)).count();
        String name = definition.claim(nodes.isEmpty() ? "validate" : "validate-" + (nodes.size() + 1));
        if (others > 0) {
            throw definition.refuse(
                    name, "it follows a node that is recorded", "put every validate before the first other node");
        }
        return add(new Node.Validate(name, erased(definition.require(name, check, "check"))));
    }

    /** The point of no return. What fails after it is parked up to a week for a person's decision. */
    public AfterPivot<I> pivot() {
        return pivot(A_WEEK);
    }

    /** The point of no return. What fails after it is parked this long for a person's decision. */
    public AfterPivot<I> pivot(Parking parking) {
        add(new Node.Pivot(definition.require("pivot", parking, "parking")));
        close();
        return new AfterPivot<>(definition, nodes, this);
    }

    /** Ends the definition with what the saga yields, a pure function of its results. */
    public <O> Saga<I, O> returning(Class<O> type, Function<View<I>, O> result) {
        close();
        return build(type, result);
    }

    /** Ends the definition with what the saga yields, of a generic type. */
    public <O> Saga<I, O> returning(TypeReference<O> type, Function<View<I>, O> result) {
        close();
        return build(type.getType(), result);
    }

    /** Ends the definition of a saga that yields nothing. */
    public Saga<I, @Nullable Void> returningNothing() {
        close();
        return build(Void.class, view -> null);
    }

    <O extends @Nullable Object> Saga<I, O> build(Type outputType, Function<View<I>, O> result) {
        List<Node> recorded = nodes.stream()
                .filter(node -> !(node instanceof Node.Validate) && !(node instanceof Node.Pivot))
                .toList();
        if (recorded.isEmpty()) {
            throw new SagaDefinitionException(definition.saga(), "it has no steps", "add at least one");
        }
        return new Saga<>(
                definition.saga(),
                inputType,
                outputType,
                nodes,
                erased(definition.require("returning", result, "result")));
    }
}
