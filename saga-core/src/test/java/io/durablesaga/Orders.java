package io.durablesaga;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The words of the sagas that these tests build, and how a saga is refused. */
final class Orders {
    static final StepKey<String> RESERVE = StepKey.of("reserve", String.class);
    static final StepKey<String> CHARGE = StepKey.of("charge", String.class);
    static final StepKey<String> PACK = StepKey.of("pack", String.class);
    static final StepKey<String> SHIP = StepKey.of("ship", String.class);

    private static final AtomicInteger NAMES = new AtomicInteger();

    private Orders() {}

    record Line(String sku, int quantity) {}

    record Order(String id, List<Line> lines) {}

    static SagaBuilder<Order> order(String saga) {
        return SagaBuilder.saga(saga, Order.class);
    }

    static StepKey<String> key(String name) {
        return StepKey.of(name, String.class);
    }

    /** A name that no other node has. */
    static String fresh() {
        return "n" + NAMES.incrementAndGet();
    }

    static <S> Action<S, String> works() {
        return s -> "done";
    }

    static <S, R> Undo<S, R> undone() {
        return Undo.undo((s, effect) -> {});
    }

    static <S, R> Undo<S, R> nothing() {
        return Undo.nothingToUndo("it only looks");
    }

    /** A saga of one step. */
    static Saga<Order, String> single(String saga, String step) {
        return order(saga).step(key(step), works(), undone()).returning(String.class, s -> "done");
    }

    /** Refused with a message that names the saga, the node and what to do. */
    static void refused(String saga, String node, String remedy, ThrowingCallable definition) {
        assertThatThrownBy(definition)
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessageContaining("saga '" + saga + "'")
                .hasMessageContaining("node '" + node + "'")
                .hasMessageContaining(remedy);
    }
}
