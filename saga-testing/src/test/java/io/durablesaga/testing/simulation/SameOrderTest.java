package io.durablesaga.testing.simulation;

import static io.durablesaga.testing.simulation.Shop.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same calls lead to the same order of everything, on one thread or on many. */
class SameOrderTest {

    @Test
    void whatever_runs_beside_each_other_is_under_way_before_the_first_body_runs() {
        assertThat(run(false, false).subList(2, 8))
                .containsExactly(
                        "[ACTION all/a STARTED 1]",
                        "[ACTION all/d STARTED 1]",
                        "[ACTION all/one/b STARTED 1]",
                        "[ACTION all/two/e STARTED 1]",
                        "a#1",
                        "[ACTION all/a COMPLETED 1]");
    }

    @Test
    void the_order_of_everything_is_the_same_in_every_run() {
        for (boolean crashing : List.of(false, true)) {
            List<String> first = run(false, crashing);
            for (int i = 0; i < 20; i++) {
                assertThat(run(i % 2 == 0, crashing)).isEqualTo(first);
            }
        }
    }

    /** Everything that happens when a group is undone, after two crashes or none. */
    private static List<String> run(boolean lingering, boolean crashing) {
        Trace trace = new Trace();
        Shop shop = new Shop(trace);
        SimulatedEngine engine = new SimulatedEngine(event -> trace.add(event.toString())).lingering(lingering);
        engine.gate(trace);
        Saga<String, String> saga = shop.group();
        if (crashing) {
            shop.plan("c", engine::kill);
            shop.plan("undo e", engine::kill);
        }
        shop.plan("g", Shop::fail);
        engine.register(saga);
        engine.start(saga, NAME, "books");
        engine.settle();
        for (int process = 0; process < 2; process++) {
            engine.bury();
            engine.reopen();
        }
        engine.close();
        Shop.result(engine, saga);
        return trace.lines();
    }
}
