package io.durablesaga;

import static io.durablesaga.Orders.CHARGE;
import static io.durablesaga.Orders.PACK;
import static io.durablesaga.Orders.RESERVE;
import static io.durablesaga.Orders.SHIP;
import static io.durablesaga.Orders.key;
import static io.durablesaga.Orders.order;
import static io.durablesaga.Orders.single;
import static io.durablesaga.Orders.undone;
import static io.durablesaga.Orders.works;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Orders.Order;
import io.durablesaga.Preview.How;
import io.durablesaga.Preview.Line;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which undos run when a node of a plain saga fails. */
class PreviewTest {
    private static final String UNKNOWN = "if its outcome is unknown";

    private static final Saga<Order, String> SAGA = order("buy")
            .validate(o -> {})
            .step(RESERVE, works(), undone())
            .capture(key("clock"), works())
            .step(key("look"), works(), Undo.nothingToUndo("it reads"))
            .step(CHARGE, works(), undone())
            .step(key("mail"), works(), Undo.irreversible("it is sent"))
            .sleep("nap", Duration.ofSeconds(1))
            .poll(key("stock"), Polling.every(Duration.ofSeconds(1), 2), s -> Optional.of(""))
            .await(key("approval"), Within.within(Duration.ofHours(1)), (s, id) -> {}, undone())
            .invoke(key("customs"), "customs", s -> "", undone())
            .step(PACK, works(), undone())
            .pivot()
            .step(SHIP, works())
            .sleep("rest", Duration.ofSeconds(1))
            .returning(String.class, s -> "");

    @Test
    void the_first_step_undoes_at_most_itself() {
        assertThat(SAGA.preview(RESERVE))
                .isEqualTo(new Preview("reserve", List.of(new Line("reserve", How.UNDO, UNKNOWN)), false));
    }

    @Test
    void a_step_in_the_middle_undoes_itself_and_everything_before_last_first() {
        assertThat(SAGA.preview(CHARGE).undos())
                .containsExactly(
                        new Line("charge", How.UNDO, UNKNOWN),
                        new Line("look", How.NOTHING_TO_UNDO, null),
                        new Line("reserve", How.UNDO, null));
    }

    @Test
    void the_last_step_undoes_everything() {
        assertThat(SAGA.preview(PACK).undos())
                .extracting(Line::toString)
                .containsExactly(
                        "undo pack (if its outcome is unknown)",
                        "undo customs",
                        "undo approval",
                        "irreversible: mail",
                        "undo charge",
                        "nothing to undo for look",
                        "undo reserve");
    }

    @Test
    void a_node_without_effect_undoes_what_came_before() {
        assertThat(paths("validate")).isEmpty();
        assertThat(paths("clock")).containsExactly("reserve");
        assertThat(paths("nap")).containsExactly("mail", "charge", "look", "reserve");
        assertThat(paths("stock")).containsExactly("mail", "charge", "look", "reserve");
    }

    @Test
    void an_await_and_an_invoke_may_have_had_their_effect() {
        assertThat(SAGA.preview("approval").undos().get(0))
                .isEqualTo(new Line("approval", How.UNDO, "unless sending was rejected"));
        assertThat(SAGA.preview("customs").undos().get(0)).isEqualTo(new Line("customs", How.UNDO, UNKNOWN));
        assertThat(SAGA.preview("customs").undos().get(1)).isEqualTo(new Line("approval", How.UNDO, null));
    }

    @Test
    void past_the_pivot_nothing_is_undone() {
        assertThat(SAGA.preview(SHIP)).isEqualTo(new Preview("ship", List.of(), true));
        assertThat(SAGA.preview("rest")).isEqualTo(new Preview("rest", List.of(), true));
        assertThat(SAGA.preview(PACK).pastPivot()).isFalse();
    }

    @Test
    void a_name_that_is_not_there_is_refused_with_those_that_are() {
        String names =
                "[validate, reserve, clock, look, charge, mail, nap, stock, approval, customs, pack, ship, rest]";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SAGA.preview("refund"))
                .withMessage("saga 'buy' has no node 'refund'; it has " + names);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SAGA.preview(""))
                .withMessage("saga 'buy' has no node ''; it has " + names);
    }

    @Test
    void a_path_goes_before_a_name() {
        Saga<Order, Void> saga = order("outer")
                .saga(key("first"), single("inner", "reserve"), s -> s.input())
                .step(RESERVE, works(), undone())
                .returningNothing();

        assertThat(saga.preview("reserve").failingAt()).isEqualTo("reserve");
        assertThat(saga.preview("first/reserve").failingAt()).isEqualTo("first/reserve");
    }

    @Test
    void a_name_that_several_nodes_have_is_refused_with_their_paths() {
        Saga<Order, String> inner = single("inner", "reserve");
        Saga<Order, Void> saga = order("outer")
                .saga(key("first"), inner, s -> s.input())
                .saga(key("second"), inner, s -> s.input())
                .returningNothing();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> saga.preview("reserve"))
                .withMessage("saga 'outer' has several nodes 'reserve'; "
                        + "give the path of one of [first/reserve, second/reserve]");
        assertThat(saga.preview("second/reserve").failingAt()).isEqualTo("second/reserve");
    }

    @Test
    void a_preview_reads_as_text() {
        assertThat(SAGA.preview(CHARGE)).hasToString("""
                if charge fails:
                  undo charge (if its outcome is unknown)
                  nothing to undo for look
                  undo reserve""");
        assertThat(SAGA.preview("validate")).hasToString("if validate fails:\n  there is nothing to undo");
        assertThat(SAGA.preview(SHIP))
                .hasToString("if ship fails:\n"
                        + "  nothing is undone past the pivot: it is retried, then parked for a person");
    }

    @Test
    void a_preview_cannot_be_changed_and_a_line_is_whole() {
        assertThatThrownBy(() -> SAGA.preview(CHARGE).undos().clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatNullPointerException()
                .isThrownBy(() -> new Line(null, How.UNDO, null))
                .withMessage("path");
        assertThatNullPointerException()
                .isThrownBy(() -> new Line("a", null, null))
                .withMessage("how");
    }

    private static List<String> paths(String failingAt) {
        return SAGA.preview(failingAt).undos().stream().map(Line::path).toList();
    }
}
