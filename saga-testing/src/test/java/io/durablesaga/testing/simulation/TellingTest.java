package io.durablesaga.testing.simulation;

import static io.durablesaga.testing.simulation.Shop.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.event.SagaEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners hear, and when: after it is durable, never twice, and nothing of a process that has died. */
class TellingTest {
    private final Trace trace = new Trace();
    private final Shop shop = new Shop(trace);
    private final SimulatedEngine engine = new SimulatedEngine(this::tell);

    private void tell(SagaEvent event) {
        trace.add(event.getClass().getSimpleName());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void each_event_is_told_once_what_it_tells_of_is_durable() {
        run(shop.chain("a"));

        assertThat(trace.lines())
                .containsExactly(
                        "[EXECUTION order-1 STARTED 1]",
                        "Started",
                        "[ACTION a STARTED 1]",
                        "a#1",
                        "[ACTION a COMPLETED 1]",
                        "Completed",
                        "[EXECUTION order-1 COMPLETED 1]",
                        "Ended");
    }

    @Test
    void an_end_that_could_not_be_recorded_is_not_told() {
        trace.before(Trace.once(3, engine::kill));
        run(shop.chain("a"));
        assertThat(trace.lines()).endsWith("Completed");
        engine.reopen();

        assertThat(trace.lines()).endsWith("Completed", "[EXECUTION order-1 COMPLETED 1]", "Ended");
    }

    @Test
    void a_process_that_has_died_tells_nothing_of_what_its_body_does_then() {
        shop.plan("a", () -> {
            engine.kill();
            Shop.fail();
        });
        run(shop.chain("a"));

        assertThat(trace.lines()).endsWith("[ACTION a STARTED 1]", "a#1");
    }

    private void run(Saga<String, String> saga) {
        engine.gate(trace);
        engine.register(saga);
        engine.start(saga, NAME, "books");
        engine.settle();
    }
}
