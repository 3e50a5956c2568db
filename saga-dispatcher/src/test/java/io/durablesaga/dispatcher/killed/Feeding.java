package io.durablesaga.dispatcher.killed;

import static io.durablesaga.Undo.nothingToUndo;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.dispatcher.Decision;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.Dispatcher;
import io.durablesaga.embedded.EmbeddedEngine;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** The process that is killed: it dispatches the stream from where it last noted down that it was. */
final class Feeding {
    static final Dispatch ORDERS = Dispatch.into("orders").key("/order").concurrency(64);
    static final Duration LONG = Duration.ofMinutes(5);
    private static final StepKey<Integer> COUNT = StepKey.of("count-cups", Integer.class);
    private static final int BATCH = 2_000;

    /** A short saga. */
    static final Saga<Order, String> SAGA = SagaBuilder.saga("count-order", Order.class)
            .step(COUNT, s -> s.input().cups() + 1, nothingToUndo("it counts"))
            .returning(String.class, s -> s.input().order() + " has " + (s.result(COUNT) - 1));

    private Feeding() {}

    /** What it starts on. */
    record Order(String order, int cups) {}

    static Path journal(Path folder) {
        return folder.resolve("orders.db");
    }

    /** Where the stream is acknowledged up to. */
    static Path mark(Path folder) {
        return folder.resolve("acknowledged");
    }

    static int acknowledged(Path folder) throws java.io.IOException {
        return Files.exists(mark(folder)) && Files.size(mark(folder)) == Integer.BYTES
                ? ByteBuffer.wrap(Files.readAllBytes(mark(folder))).getInt()
                : 0;
    }

    /** Runs until the stream is at its end, or the process is killed. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        OrderStream stream = new OrderStream(Integer.parseInt(arguments[1]));
        try (EmbeddedEngine engine = EmbeddedEngine.open(journal(folder))) {
            engine.register(SAGA);
            try (Dispatcher dispatcher = Dispatcher.of(ORDERS, engine.starter(SAGA));
                    FileChannel mark =
                            FileChannel.open(mark(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                for (int at = acknowledged(folder); at < stream.deliveries(); at += BATCH) {
                    List<Decision> decisions = dispatcher.dispatch(stream.from(at, BATCH), LONG);
                    if (!decisions.stream().allMatch(Decision::acknowledged)) {
                        throw new IllegalStateException("not acknowledged: " + decisions);
                    }
                    mark.write(
                            ByteBuffer.allocate(Integer.BYTES)
                                    .putInt(at + decisions.size())
                                    .flip(),
                            0);
                }
            }
            System.exit(0);
        }
    }
}
