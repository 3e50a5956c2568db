package io.durablesaga;

import static io.durablesaga.Orders.fresh;
import static io.durablesaga.Orders.key;
import static io.durablesaga.Orders.nothing;
import static io.durablesaga.Orders.single;
import static io.durablesaga.Orders.undone;
import static io.durablesaga.Orders.works;

import io.durablesaga.Orders.Line;
import io.durablesaga.Orders.Order;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Every place of a definition where a name is given. */
enum Position {
    STEP((b, name) -> b.step(key(name), works(), undone())),
    CAPTURE((b, name) -> b.capture(key(name), works())),
    SLEEP((b, name) -> b.sleep(name, Duration.ofSeconds(1))),
    POLL((b, name) -> b.poll(key(name), Polling.every(Duration.ofSeconds(1), 3), s -> Optional.of("found"))),
    AWAIT((b, name) -> b.await(key(name), Within.within(Duration.ofHours(1)), (s, id) -> {}, nothing())),
    INVOKE((b, name) -> b.invoke(key(name), "other", s -> "payload", undone())),
    NESTED((b, name) -> b.saga(key(name), single("inner", "inner-step"), s -> s.input())),
    WHEN((b, name) -> b.when(name, s -> true, t -> t.step(key(fresh()), works(), undone()))),
    IN_WHEN((b, name) -> b.when(fresh(), s -> true, t -> t.step(key(name), works(), undone()))),
    IN_OTHERWISE((b, name) -> b.when(
            fresh(),
            s -> true,
            t -> t.step(key(fresh()), works(), undone()),
            o -> o.step(key(name), works(), undone()))),
    FOR_EACH((b, name) -> b.forEach(
            name,
            Bound.atMost(3),
            s -> s.input().lines(),
            Line::sku,
            each -> each.step(key(fresh()), works(), undone()))),
    IN_FOR_EACH((b, name) -> b.forEach(
            fresh(),
            Bound.atMost(3),
            s -> s.input().lines(),
            Line::sku,
            each -> each.step(key(name), works(), undone()))),
    PARALLEL((b, name) -> b.parallel(name, p -> p.capture(key(fresh()), works()).capture(key(fresh()), works()))),
    MEMBER((b, name) ->
            b.parallel(fresh(), p -> p.step(key(name), works(), undone()).capture(key(fresh()), works()))),
    CAPTURED_MEMBER((b, name) ->
            b.parallel(fresh(), p -> p.capture(key(name), works()).capture(key(fresh()), works()))),
    BRANCH((b, name) -> b.parallel(
            fresh(),
            p -> p.branch(name, in -> in.capture(key(fresh()), works())).capture(key(fresh()), works()))),
    IN_BRANCH((b, name) -> b.parallel(
            fresh(),
            p -> p.branch(fresh(), in -> in.capture(key(name), works())).capture(key(fresh()), works()))),
    FINAL_STEP((b, name) -> b.pivot().step(key(name), works())),
    FINAL_CAPTURE((b, name) -> b.pivot().capture(key(name), works())),
    FINAL_SLEEP((b, name) -> b.pivot().sleep(name, Duration.ofSeconds(1))),
    FINAL_POLL((b, name) -> b.pivot()
            .poll(key(name), Polling.every(Duration.ofSeconds(1), 3).orElse("nothing"), s -> Optional.of("found"))),
    FINAL_AWAIT((b, name) ->
            b.pivot().await(key(name), Within.within(Duration.ofHours(1)).orElse("nothing"), (s, id) -> {})),
    FINAL_PARALLEL((b, name) ->
            b.pivot().parallel(name, p -> p.step(key(fresh()), works()).step(key(fresh()), works()))),
    FINAL_MEMBER((b, name) ->
            b.pivot().parallel(fresh(), p -> p.step(key(name), works()).step(key(fresh()), works()))),
    FINAL_CAPTURED_MEMBER((b, name) ->
            b.pivot().parallel(fresh(), p -> p.capture(key(name), works()).step(key(fresh()), works()))),
    FINAL_FOR_EACH((b, name) -> b.pivot()
            .forEach(
                    name,
                    Bound.atMost(3),
                    s -> s.input().lines(),
                    Line::sku,
                    each -> each.step(key(fresh()), works()))),
    IN_FINAL_FOR_EACH((b, name) -> b.pivot()
            .forEach(
                    fresh(),
                    Bound.atMost(3),
                    s -> s.input().lines(),
                    Line::sku,
                    each -> each.step(key(name), works())));

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final BiConsumer<SagaBuilder<Order>, String> naming;

    Position(BiConsumer<SagaBuilder<Order>, String> naming) {
        this.naming = naming;
    }

    /** Adds a node with this name at this place. */
    void name(SagaBuilder<Order> builder, String name) {
        naming.accept(builder, name);
    }

    boolean pastPivot() {
        return name().contains("FINAL");
    }

    /** Whether the name is that of a key, which is never null, and not a plain text. */
    boolean named() {
        return switch (this) {
            case SLEEP, WHEN, FOR_EACH, PARALLEL, BRANCH, FINAL_SLEEP, FINAL_PARALLEL, FINAL_FOR_EACH -> true;
            default -> false;
        };
    }
}
