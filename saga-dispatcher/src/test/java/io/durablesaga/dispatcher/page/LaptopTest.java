package io.durablesaga.dispatcher.page;

import static io.durablesaga.Undo.nothingToUndo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.Decision;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.Dispatcher;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.embedded.EmbeddedEngine;
import io.durablesaga.embedded.ExecutionQuery;
import io.durablesaga.embedded.ExecutionSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same dispatcher without any cloud: orders in a file of lines, started on the embedded engine. */
class LaptopTest {
    private static final StepKey<Integer> PACK = StepKey.of("pack", Integer.class);
    private static final Saga<Order, Integer> PLACE_ORDER = SagaBuilder.saga("place-order", Order.class)
            .step(PACK, s -> s.input().cups(), nothingToUndo("a box is no loss"))
            .returning(Integer.class, s -> s.result(PACK));

    @TempDir
    private Path folder;

    private Path lines;

    record Order(String orderId, int cups) {}

    @BeforeEach
    void writeOrders() throws IOException {
        lines = Files.write(
                folder.resolve("orders.jsonl"),
                List.of(
                        "{\"orderId\": \"4711\", \"cups\": 2}",
                        "{\"orderId\": \"4712\", \"cups\": 1}",
                        "{\"cups\": 2,   \"orderId\": \"4711\"}",
                        "{\"cups\": 1}",
                        "4713, one cup, please"));
    }

    // dispatcher.md: a file of orders
    /** Starts an order for each line, however often it is run; gives the lines that somebody has to look at. */
    static List<Decision> placeOrders(Path lines, EmbeddedEngine engine) throws IOException {
        engine.register(PLACE_ORDER);
        List<Incoming> records = new ArrayList<>();
        for (String line : Files.readAllLines(lines)) {
            Origin origin = new Origin("file", lines.getFileName().toString(), "line-" + (records.size() + 1));
            records.add(Incoming.of(origin, new Content.Text(line)));
        }
        Dispatch orders = Dispatch.into("orders").key("/orderId");
        try (Dispatcher dispatcher = Dispatcher.of(orders, engine.starter(PLACE_ORDER))) {
            return dispatcher.dispatch(records, Duration.ofMinutes(1)).stream()
                    .filter(decision -> !decision.acknowledged())
                    .toList();
        }
    }
    // dispatcher.md: end

    @Test
    void a_file_is_placed_once_however_often_it_is_run() throws IOException {
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder.resolve("orders.db"))) {
            List<Decision> first = placeOrders(lines, engine);
            List<Decision> second = placeOrders(lines, engine);

            assertThat(first).extracting(LaptopTest::seen).containsExactly("line-4 POISON", "line-5 POISON");
            assertThat(second).isEqualTo(first);
            assertThat(engine.list(ExecutionQuery.all()))
                    .extracting(ExecutionSummary::name)
                    .containsExactlyInAnyOrder("orders--4711", "orders--4712");
        }
    }

    @Test
    void another_order_with_a_number_that_is_in_use_is_a_conflict() throws IOException {
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder.resolve("orders.db"))) {
            placeOrders(lines, engine);
            Files.write(lines, List.of("{\"orderId\": \"4711\", \"cups\": 3}"));

            assertThat(placeOrders(lines, engine)).extracting(LaptopTest::seen).containsExactly("line-1 CONFLICT");
        }
    }

    private static String seen(Decision decision) {
        return decision.record().origin().orElseThrow().id() + " " + decision.outcome();
    }
}
