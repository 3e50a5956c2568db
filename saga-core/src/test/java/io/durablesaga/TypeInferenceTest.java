package io.durablesaga;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.irreversible;
import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.Undo.undoFinding;
import static io.durablesaga.UndoOptions.undoing;
import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lambdas need no types written down, and what they are given is what the definition says. */
class TypeInferenceTest {
    private static final StepKey<Reservation> RESERVE = StepKey.of("reserve", Reservation.class);
    private static final StepKey<Payment> CHARGE = StepKey.of("charge", Payment.class);
    private static final StepKey<Parcel> SHIP = StepKey.of("ship", Parcel.class);
    private static final StepKey<List<Integer>> SIZES = StepKey.of("sizes", new TypeReference<List<Integer>>() {});
    private static final StepKey<Void> MAIL = StepKey.of("mail");
    private static final StepKey<Boolean> APPROVAL = StepKey.of("approval", Boolean.class);

    private static final Order ORDER = new Order("42", List.of(new Line("sku-1", 3)), 100);

    private final List<String> heard = new ArrayList<>();

    record Line(String sku, int quantity) {}

    record Order(String id, List<Line> lines, long total) {}

    record Reservation(String id) {}

    record Payment(String id) {}

    record Parcel(String tracking) {}

    record Receipt(String payment, String tracking) {}

    @Test
    void the_sketch_of_the_design_infers() throws Exception {
        Saga<Order, Receipt> saga = SagaBuilder.saga("place-order", Order.class)
                .validate(order -> heard.add("checked " + order.id()))
                .step(
                        RESERVE,
                        s -> new Reservation(s.input().id() + s.key()),
                        undo((s, effect) -> heard.add("release " + effect.actionKey())))
                .step(
                        CHARGE,
                        with().rejectedBy(IllegalStateException.class)
                                .retry(Retries.exponential(Duration.ofSeconds(1), 5)),
                        s -> new Payment(s.result(RESERVE).id() + s.input().total()),
                        undoFinding(
                                (s, actionKey) -> Optional.of(new Payment("found " + actionKey)),
                                (s, effect) -> heard.add(s.key()
                                        + effect.result().map(Payment::id).orElse("none"))))
                .pivot()
                .step(SHIP, s -> new Parcel(s.result(RESERVE).id()))
                .returning(
                        Receipt.class,
                        s -> new Receipt(s.result(CHARGE).id(), s.result(SHIP).tracking()));

        StubScope scope = new StubScope(ORDER, null).with(RESERVE, new Reservation("r"));
        Node.Step reserve = (Node.Step) saga.nodes().get(1);
        Node.Step charge = (Node.Step) saga.nodes().get(2);
        Node.Step ship = (Node.Step) saga.nodes().get(4);
        ((Node.Validate) saga.nodes().get(0)).check().accept(ORDER);
        body(reserve.undo()).undo(scope, new Effect<>("a-key", Optional.empty()));
        Optional<Object> found = by(charge.undo()).finding().find(scope, "a-key");
        body(charge.undo()).undo(scope, new Effect<>("a-key", found));

        assertThat(reserve.action().run(scope)).isEqualTo(new Reservation("42the-key"));
        assertThat(charge.action().run(scope)).isEqualTo(new Payment("r100"));
        assertThat(ship.action().run(scope)).isEqualTo(new Parcel("r"));
        assertThat(saga.returning().apply(scope.with(CHARGE, new Payment("p")).with(SHIP, new Parcel("t"))))
                .isEqualTo(new Receipt("p", "t"));
        assertThat(heard).containsExactly("checked 42", "release a-key", "the-keyfound a-key");
    }

    @Test
    void an_item_is_seen_by_everything_inside_a_for_each() throws Exception {
        Saga<Order, Map<String, Reservation>> saga = SagaBuilder.saga("reserve-lines", Order.class)
                .forEach(
                        "lines",
                        Bound.atMost(9).concurrently(3),
                        s -> s.input().lines(),
                        Line::sku,
                        each -> each.step(
                                        RESERVE,
                                        s -> new Reservation(
                                                s.item().sku() + s.input().id()),
                                        undo((s, effect) -> heard.add(s.item().sku())))
                                .when(
                                        "bulky",
                                        s -> s.item().quantity() > 2,
                                        then -> then.capture(
                                                SIZES, s -> List.of(s.item().quantity()))))
                .returning(new TypeReference<Map<String, Reservation>>() {}, s -> s.results(RESERVE));

        StubScope scope = new StubScope(ORDER, ORDER.lines().get(0)).with(RESERVE, new Reservation("r"));
        Node.ForEach lines = (Node.ForEach) saga.nodes().get(0);
        Node.Step reserve = (Node.Step) lines.body().get(0);
        Node.When bulky = (Node.When) lines.body().get(1);
        body(reserve.undo()).undo(scope, new Effect<>("a-key", Optional.empty()));

        assertThat(lines.items().apply(scope)).isEqualTo(ORDER.lines());
        assertThat(lines.itemKey().apply(ORDER.lines().get(0))).isEqualTo("sku-1");
        assertThat(reserve.action().run(scope)).isEqualTo(new Reservation("sku-142"));
        assertThat(bulky.condition().test(scope)).isTrue();
        assertThat(((Node.Capture) bulky.then().get(0)).body().run(scope)).isEqualTo(List.of(3));
        assertThat(heard).containsExactly("sku-1");
        assertThat(saga.returning().apply(scope)).isEqualTo(Map.of("sku-1", new Reservation("r")));
    }

    @Test
    void waiting_and_other_sagas_infer() throws Exception {
        Saga<Long, Payment> inner = SagaBuilder.saga("inner", Long.class)
                .step(CHARGE, s -> new Payment("p" + s.input()), irreversible("cash"))
                .returning(Payment.class, s -> s.result(CHARGE));
        Saga<Order, Void> saga = SagaBuilder.saga("outer", Order.class)
                .saga(CHARGE, inner, s -> s.input().total())
                .invoke(
                        SHIP,
                        "parcels",
                        s -> s.input().lines(),
                        undo((s, effect) -> effect.result().get().tracking()))
                .poll(SIZES, Polling.every(Duration.ofSeconds(1), 3), s -> Optional.of(List.of(1)))
                .await(
                        APPROVAL,
                        within(Duration.ofHours(1)).orElse(false),
                        (s, callbackId) -> heard.add(s.input().id() + callbackId),
                        nothingToUndo("a mail may lie around"))
                .step(MAIL, s -> null, undo(undoing().holdsEarlier(), (s, effect) -> heard.add(s.executionName())))
                .returningNothing();

        StubScope scope = new StubScope(ORDER, null).with(CHARGE, new Payment("p"));
        Node.Await approval = (Node.Await) saga.nodes().get(3);
        Node.Step mail = (Node.Step) saga.nodes().get(4);
        approval.notification().send(scope, "-callback");
        body(mail.undo()).undo(scope, new Effect<>("a-key", Optional.empty()));

        assertThat(((Node.Nested) saga.nodes().get(0)).input().apply(scope)).isEqualTo(100L);
        assertThat(inner.returning().apply(scope)).isEqualTo(new Payment("p"));
        assertThat(((Node.Invoke) saga.nodes().get(1)).payload().apply(scope)).isEqualTo(ORDER.lines());
        assertThat(((Node.Poll) saga.nodes().get(2)).look().run(scope)).isEqualTo(Optional.of(List.of(1)));
        assertThat(approval.orElse()).isEqualTo(false);
        assertThat(mail.action().run(scope)).isNull();
        assertThat(saga.returning().apply(scope)).isNull();
        assertThat(heard).containsExactly("42-callback", "order-42");
    }

    @Test
    void past_the_pivot_everything_infers() throws Exception {
        Saga<Order, List<Integer>> saga = SagaBuilder.saga("deliver", Order.class)
                .pivot(Parking.park(Duration.ofDays(1)))
                .capture(SIZES, s -> List.of(s.input().lines().size()))
                .forEach(
                        "parcels",
                        Bound.atMost(9),
                        s -> s.input().lines(),
                        Line::sku,
                        each -> each.step(SHIP, s -> new Parcel(s.item().sku())))
                .parallel(
                        "tell",
                        p -> p.step(MAIL, with().providerReplays(), s -> null)
                                .capture(CHARGE, s -> new Payment(s.input().id())))
                .poll(
                        RESERVE,
                        Polling.every(Duration.ofSeconds(1), 3).orElse(new Reservation("none")),
                        s -> Optional.of(new Reservation(s.key())))
                .await(APPROVAL, within(Duration.ofHours(1)).orElse(true), (s, id) -> heard.add(id + s.attempt()))
                .returning(new TypeReference<List<Integer>>() {}, s -> s.result(SIZES));

        StubScope scope = new StubScope(ORDER, ORDER.lines().get(0)).with(SIZES, List.of(1));
        Node.ForEach parcels = (Node.ForEach) saga.nodes().get(2);
        ((Node.Await) saga.nodes().get(5)).notification().send(scope, "callback");

        assertThat(((Node.Step) parcels.body().get(0)).action().run(scope)).isEqualTo(new Parcel("sku-1"));
        assertThat(saga.returning().apply(scope)).isEqualTo(List.of(1));
        assertThat(saga.outputType()).isEqualTo(new TypeReference<List<Integer>>() {}.getType());
        assertThat(heard).containsExactly("callback1");
    }

    @Test
    void an_input_may_be_generic() {
        Saga<List<Line>, Integer> saga = SagaBuilder.saga("count", new TypeReference<List<Line>>() {})
                .capture(RESERVE, s -> new Reservation(s.input().get(0).sku()))
                .returning(Integer.class, s -> s.input().size());

        assertThat(saga.inputType()).isEqualTo(new TypeReference<List<Line>>() {}.getType());
        assertThat(saga.returning().apply(new StubScope(ORDER.lines(), null))).isEqualTo(1);
    }

    private static Undo.Body<ItemScope<Object, Object>, Object> body(Undo<ItemScope<Object, Object>, Object> undo) {
        return by(undo).body();
    }

    private static Undo.By<ItemScope<Object, Object>, Object> by(Undo<ItemScope<Object, Object>, Object> undo) {
        return (Undo.By<ItemScope<Object, Object>, Object>) undo;
    }
}
