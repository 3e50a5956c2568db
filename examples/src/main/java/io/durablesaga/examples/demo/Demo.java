package io.durablesaga.examples.demo;

import static io.durablesaga.examples.provider.FaultyWire.Trouble.ANSWER_LOST;
import static io.durablesaga.examples.provider.FaultyWire.Trouble.POWER_CUT;
import static io.durablesaga.examples.provider.FaultyWire.Trouble.REQUEST_LOST;

import io.durablesaga.embedded.Execution;
import io.durablesaga.embedded.ExecutionSummary.State;
import io.durablesaga.examples.order.Money;
import io.durablesaga.examples.order.Order;
import io.durablesaga.examples.order.Receipt;
import io.durablesaga.examples.order.Shop;
import io.durablesaga.examples.provider.FaultyWire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/**
 * The order saga, three times: it completes, it is undone, and it is undone by two processes because the first is killed.
 * {@code Demo run FOLDER} ends by its own SIGKILL; {@code Demo resume FOLDER} is the process after it.
 */
public final class Demo {
    private static final String COMPLETES = "order-1";
    private static final String DECLINED = "order-2";
    private static final String KILLED = "order-3";
    private static final Map<String, Order> ORDERS = orders();
    private static final Duration LATENCY = Duration.ofMillis(60);

    private final Path folder;
    private final Screen screen;
    private final CountDownLatch powerCut = new CountDownLatch(1);
    private final FaultyWire wire = new FaultyWire(LATENCY, this::cutPower);

    private Demo(Path folder, Screen screen) {
        this.folder = folder;
        this.screen = screen;
    }

    /** {@code run FOLDER} or {@code resume FOLDER}, then {@code --colour} and {@code --unicode} where they can be shown. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        Screen screen = new Screen(System.out, options.contains("--colour"), options.contains("--unicode"));
        Demo demo = new Demo(Path.of(options.get(1)), screen);
        boolean good = options.get(0).equals("resume") ? demo.resume() : demo.run();
        System.exit(good ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        try (Shop shop = Shop.open(folder, wire)) {
            screen.title("1. An order goes through; past the pivot a failure is only a delay");
            wire.disturb("book", REQUEST_LOST);
            if (!toTheEnd(shop, COMPLETES)) {
                return false;
            }
            screen.title("2. The card is declined: what was done is undone");
            wire.disturb("charge", REQUEST_LOST);
            if (!toTheEnd(shop, DECLINED)) {
                return false;
            }
            screen.title("3. Whether the card was charged is unknown; the undo is killed half-way");
            wire.disturb("charge", ANSWER_LOST, ANSWER_LOST, ANSWER_LOST);
            wire.disturb("refund", POWER_CUT);
            follow(shop, KILLED);
            return false; // it should have been killed
        }
    }

    private boolean resume() throws InterruptedException {
        try (Shop shop = Shop.open(folder, wire)) {
            Execution<Receipt> execution = shop.find(KILLED).orElseThrow();
            TimelinePrinter timeline = new TimelinePrinter(screen, execution);
            timeline.skipToResumed();
            timeline.followUntil(() -> false);
            Books books = new Books(shop, screen);
            boolean good = books.balance(execution, ordered(KILLED));
            return books.balance(completedOrders(shop)) && good;
        }
    }

    private static List<Order> completedOrders(Shop shop) {
        return ORDERS.keySet().stream()
                .flatMap(number -> shop.find(number).stream())
                .filter(execution -> execution.summary().state() == State.COMPLETED)
                .map(execution -> ordered(execution.name()))
                .toList();
    }

    private boolean toTheEnd(Shop shop, String number) throws IOException, InterruptedException {
        return new Books(shop, screen).balance(follow(shop, number), ordered(number));
    }

    private Execution<Receipt> follow(Shop shop, String number) throws IOException, InterruptedException {
        Order order = ordered(number);
        Execution<Receipt> execution = shop.place(number, order);
        TimelinePrinter timeline = new TimelinePrinter(screen, execution);
        timeline.started(order.quantity() + " x " + order.item() + " for " + order.total());
        timeline.followUntil(() -> powerCut.getCount() == 0);
        if (powerCut.getCount() == 0) {
            long process = ProcessHandle.current().pid();
            timeline.killed(InstantSource.system().instant(), "SIGKILL: refunded, and no record of it");
            new ProcessBuilder("kill", "-KILL", Long.toString(process)).start();
            Thread.currentThread().join(); // forever, which is not long
        }
        return execution;
    }

    /** Called where the provider has done its part: nothing after this is recorded. */
    private void cutPower() {
        powerCut.countDown();
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Order ordered(String number) {
        return Objects.requireNonNull(ORDERS.get(number), number);
    }

    private static Map<String, Order> orders() {
        Map<String, Order> orders = new LinkedHashMap<>();
        orders.put(COMPLETES, new Order(Shop.CUP, 2, new Money(58_00), "card-A", "1 Harbour Road"));
        orders.put(DECLINED, new Order(Shop.CUP, 4, new Money(116_00), "card-B", "2 Harbour Road"));
        orders.put(KILLED, new Order(Shop.CUP, 3, new Money(87_00), "card-C", "3 Harbour Road"));
        return orders;
    }
}
