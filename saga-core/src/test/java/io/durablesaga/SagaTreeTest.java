package io.durablesaga;

import static io.durablesaga.Orders.CHARGE;
import static io.durablesaga.Orders.PACK;
import static io.durablesaga.Orders.RESERVE;
import static io.durablesaga.Orders.SHIP;
import static io.durablesaga.Orders.key;
import static io.durablesaga.Orders.nothing;
import static io.durablesaga.Orders.order;
import static io.durablesaga.Orders.single;
import static io.durablesaga.Orders.undone;
import static io.durablesaga.Orders.works;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.durablesaga.Orders.Line;
import io.durablesaga.Orders.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A saga is the tree that was defined, and stays it. */
class SagaTreeTest {
    private static final Polling POLLING = Polling.every(Duration.ofSeconds(1), 3);
    private static final Within WITHIN = Within.within(Duration.ofHours(1));

    @Test
    void a_saga_is_the_tree_of_what_was_said() {
        Saga<Order, String> saga = order("everything")
                .validate(o -> {})
                .capture(key("clock"), works())
                .capture(key("flag"), StepOptions.with().retry(Retries.every(Duration.ofSeconds(1), 2)), works())
                .step(RESERVE, works(), undone())
                .step(CHARGE, StepOptions.with().providerReplays(), works(), Undo.irreversible("cash"))
                .parallel(
                        "both",
                        p -> p.step(key("label"), works(), nothing())
                                .step(key("box"), StepOptions.with(), works(), undone())
                                .capture(key("scale"), works())
                                .branch(
                                        "papers",
                                        b -> b.step(key("form"), works(), undone())
                                                .sleep("dry", Duration.ofSeconds(1)))
                                .undoInParallel())
                .forEach(
                        "lines",
                        Bound.atMost(9),
                        s -> s.input().lines(),
                        Line::sku,
                        each -> each.step(key("pick"), works(), undone()))
                .when("express", s -> true, then -> then.step(key("courier"), works(), undone()))
                .when("gift", s -> true, t -> t.capture(key("card"), works()), o -> o.sleep("wait", Duration.ofDays(1)))
                .poll(key("look"), POLLING, s -> Optional.empty())
                .poll(key("glance"), POLLING.orElse("none"), s -> Optional.empty())
                .await(key("a1"), WITHIN, (s, id) -> {}, nothing())
                .await(key("a2"), WITHIN.orElse("none"), (s, id) -> {}, nothing())
                .await(key("a3"), StepOptions.with(), WITHIN, (s, id) -> {}, nothing())
                .await(key("a4"), StepOptions.with(), WITHIN.orElse("no"), (s, id) -> {}, nothing())
                .invoke(key("call"), "customs", s -> "", undone())
                .saga(key("inside"), single("inner", "reserve"), s -> s.input())
                .pivot(Parking.park(Duration.ofDays(2)))
                .step(SHIP, works())
                .step(PACK, StepOptions.with(), works())
                .parallel("tell", p -> p.step(key("mail"), works()).capture(key("stamp"), works()))
                .forEach(
                        "parcels",
                        Bound.atMost(2),
                        s -> s.input().lines(),
                        Line::sku,
                        each -> each.step(key("hand-over"), works()))
                .poll(key("arrival"), POLLING.orElse("never"), s -> Optional.empty())
                .await(key("signature"), WITHIN.orElse("none"), (s, id) -> {})
                .returning(String.class, s -> "done");

        assertThat(String.join("\n", Drawing.of(saga.nodes()))).isEqualTo("""
                validate validate
                capture clock
                capture flag
                step reserve By
                step charge Irreversible
                parallel both undoInParallel
                  branch null
                    step label Nothing
                  branch null
                    step box By
                  branch null
                    capture scale
                  branch papers
                    step form By
                    sleep dry PT1S
                forEach lines 9
                  step pick By
                when express
                  step courier By
                otherwise
                when gift
                  capture card
                otherwise
                  sleep wait PT24H
                poll look 3 or null
                poll glance 3 or none
                await a1 PT1H or null
                await a2 PT1H or none
                await a3 PT1H or null
                await a4 PT1H or no
                invoke call customs
                saga inside inner
                  step reserve By
                pivot PT48H
                step ship Irreversible
                step pack Irreversible
                parallel tell
                  branch null
                    step mail Irreversible
                  branch null
                    capture stamp
                forEach parcels 2
                  step hand-over Irreversible
                poll arrival 3 or never
                await signature PT1H or none""");
    }

    @Test
    void a_saga_knows_its_name_types_and_pivot() {
        Saga<Order, String> plain = single("plain", "reserve");
        Saga<Order, Void> pivoted = order("pivoted").pivot().step(SHIP, works()).returningNothing();
        Saga<Order, List<String>> generic = order("generic")
                .capture(RESERVE, works())
                .returning(new TypeReference<List<String>>() {}, s -> List.of());

        assertThat(plain).hasToString("saga 'plain'").extracting(Saga::name).isEqualTo("plain");
        assertThat(plain.inputType()).isEqualTo(Order.class);
        assertThat(plain.outputType()).isEqualTo(String.class);
        assertThat(plain.hasPivot()).isFalse();
        assertThat(plain.pivot()).isEmpty();
        assertThat(pivoted.hasPivot()).isTrue();
        assertThat(pivoted.pivot()).contains(new Node.Pivot(Parking.park(Duration.ofDays(7))));
        assertThat(pivoted.outputType()).isEqualTo(Void.class);
        assertThat(generic.outputType()).isEqualTo(new TypeReference<List<String>>() {}.getType());
    }

    @Test
    void options_reach_their_node() {
        StepOptions options = StepOptions.with().timeout(Duration.ofSeconds(3));
        Saga<Order, Void> saga = order("options")
                .step(RESERVE, options, works(), undone())
                .capture(CHARGE, options, works())
                .await(PACK, options, WITHIN, (s, id) -> {}, nothing())
                .pivot()
                .step(SHIP, options, works())
                .returningNothing();

        assertThat(((Node.Step) saga.nodes().get(0)).options()).isSameAs(options);
        assertThat(((Node.Capture) saga.nodes().get(1)).options()).isSameAs(options);
        assertThat(((Node.Await) saga.nodes().get(2)).options()).isSameAs(options);
        assertThat(((Node.Step) saga.nodes().get(4)).options()).isSameAs(options);
    }

    @Test
    void a_single_step_is_told_from_a_block_of_nodes() {
        Node step = new Node.Sleep("nap", Duration.ofSeconds(1));
        Saga<Order, Void> saga = order("plain")
                .parallel(
                        "both",
                        p -> p.step(RESERVE, works(), undone())
                                .capture(CHARGE, works())
                                .branch("one", b -> b.step(PACK, works(), undone()))
                                .branch("two", b -> b.capture(key("a"), works()).capture(key("b"), works()))
                                .branch("nap", b -> b.sleep("zzz", Duration.ofSeconds(1))))
                .forEach(
                        "plain",
                        Bound.atMost(1),
                        s -> s.input().lines(),
                        Line::sku,
                        each -> each.step(key("c"), works(), undone()))
                .forEach(
                        "block",
                        Bound.atMost(1),
                        s -> s.input().lines(),
                        Line::sku,
                        each -> each.step(key("d"), works(), undone()).sleep("e", Duration.ofSeconds(1)))
                .returningNothing();

        assertThat(((Node.Parallel) saga.nodes().get(0)).branches())
                .extracting(branch -> branch.plain().map(Node::name).orElse("several"))
                .containsExactly("reserve", "charge", "pack", "several", "several");
        assertThat(((Node.ForEach) saga.nodes().get(1)).plain()).isPresent();
        assertThat(((Node.ForEach) saga.nodes().get(2)).plain()).isEmpty();
        assertThat(new Node.Branch(null, List.of(step)).plain()).isEmpty();
    }

    @Test
    void the_tree_cannot_be_changed() {
        Saga<Order, Void> saga = order("fixed")
                .parallel("both", p -> p.capture(CHARGE, works()).capture(PACK, works()))
                .when("w", s -> true, then -> then.capture(RESERVE, works()))
                .forEach(
                        "lines",
                        Bound.atMost(1),
                        s -> s.input().lines(),
                        Line::sku,
                        each -> each.capture(SHIP, works()))
                .returningNothing();

        unmodifiable(saga.nodes());
        unmodifiable(((Node.Parallel) saga.nodes().get(0)).branches());
        unmodifiable(((Node.Parallel) saga.nodes().get(0)).branches().get(0).nodes());
        unmodifiable(((Node.When) saga.nodes().get(1)).then());
        unmodifiable(((Node.When) saga.nodes().get(1)).otherwise());
        unmodifiable(((Node.ForEach) saga.nodes().get(2)).body());
    }

    @Test
    void a_builder_that_got_away_changes_nothing_later() {
        List<Block<Order, View<Order>, Scope<Order>>> blocks = new ArrayList<>();
        List<ParallelBlock<Order, View<Order>, Scope<Order>>> parallels = new ArrayList<>();
        List<FinalBlock<Scope<Order>>> finals = new ArrayList<>();
        Saga<Order, Void> saga = order("escape")
                .when("w", s -> true, then -> blocks.add(then.capture(RESERVE, works())))
                .parallel("p", p -> parallels.add(p.capture(CHARGE, works()).capture(PACK, works())))
                .pivot()
                .parallel("f", p -> finals.add(p.step(SHIP, works()).step(key("mail"), works())))
                .returningNothing();
        List<String> before = Drawing.of(saga.nodes());

        assertThatThrownBy(() -> blocks.get(0).capture(key("late"), works()))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessageContaining("this builder has been closed");
        parallels.get(0).capture(key("later"), works()).undoInParallel();
        finals.get(0).capture(key("latest"), works());

        assertThat(Drawing.of(saga.nodes())).isEqualTo(before);
    }

    @Test
    void keys_are_equal_by_name_and_type() {
        StepKey<List<String>> generic = StepKey.of("a", new TypeReference<List<String>>() {});

        assertThat(StepKey.of("a", String.class))
                .isEqualTo(StepKey.of("a", String.class))
                .hasSameHashCodeAs(StepKey.of("a", String.class))
                .isNotEqualTo(StepKey.of("b", String.class))
                .isNotEqualTo(StepKey.of("a", Integer.class))
                .isNotEqualTo("a")
                .hasToString("a");
        assertThat(generic).isEqualTo(StepKey.of("a", new TypeReference<List<String>>() {}));
        assertThat(generic).isNotEqualTo(StepKey.of("a", new TypeReference<List<Integer>>() {}));
        assertThat(StepKey.of("a").type()).isEqualTo(Void.class);
    }

    private static void unmodifiable(List<?> list) {
        assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
