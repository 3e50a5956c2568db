package io.durablesaga.properties.report;

import io.durablesaga.examples.order.OrderCrashTest;
import io.durablesaga.examples.payment.PaymentCrashTest;
import io.durablesaga.properties.mutants.MutantsReport;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.engine.EngineProvider;
import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.fault.Failing;
import io.durablesaga.testing.fault.Fault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * Explores the example sagas and chains of steps, then lets the explorer catch mutants. Ends with 0 only if everything was
 * explored, nothing was violated, and every mutant was caught.
 */
public final class CrashReport {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

    private final PrintStream out;
    private final Path pages;
    private int violations;
    private boolean complete = true;

    CrashReport(PrintStream out, Path pages) {
        this.out = out;
        this.pages = pages;
    }

    /** Given the folder for a page per exploration. */
    public static void main(String[] arguments) throws IOException {
        System.exit(new CrashReport(System.out, Path.of(arguments[0])).all() ? 0 : 1);
    }

    private boolean all() throws IOException {
        explore("place-order", OrderCrashTest.placeOrder());
        explore("move-money", PaymentCrashTest.moveMoney());
        for (int length : new int[] {3, 5, 10}) {
            chain(length);
        }
        for (int length : new int[] {3, 5}) {
            explore("chain of " + length + ", every step fails", Chain.of(length));
        }
        for (EngineProvider engine : EngineProvider.all()) {
            on(engine);
        }
        MutantsReport.Counted mutants = MutantsReport.count(out);
        out.printf(
                "%nexplored %s %%, %d violations, mutants %d/%d%n",
                complete ? "100" : "less than 100", violations, mutants.caught(), mutants.all());
        return fine() && mutants.caught() == mutants.all();
    }

    /** On a real engine: its processes end with what they are in the middle of, and its records are its own business. */
    private void on(EngineProvider engine) throws IOException {
        explore("place-order on " + engine.name(), faultsOf(engine, OrderCrashTest.placeOrder()));
        explore("move-money on " + engine.name(), faultsOf(engine, PaymentCrashTest.moveMoney()));
        explore("chain of 3, every step fails, on " + engine.name(), faultsOf(engine, Chain.of(3)));
        SagaCrashTest<?, ?, ?> five = Chain.of(5).failing(Chain.step(5), Failing.AFTER_EFFECT);
        explore("chain of 5, the last step fails, on " + engine.name(), faultsOf(engine, five));
    }

    private static SagaCrashTest<?, ?, ?> faultsOf(EngineProvider engine, SagaCrashTest<?, ?, ?> test) {
        return test.on(lingering -> engine.open())
                .faults(
                        Fault.CRASH,
                        Fault.ACK_LOST,
                        Fault.CLIENT_ERROR,
                        Fault.THROTTLED,
                        Fault.STALE_TOKEN,
                        Fault.TIMER_SKEW,
                        Fault.CALLBACK_RACE);
    }

    /** Whether everything was explored and nothing violated so far. */
    boolean fine() {
        return complete && violations == 0;
    }

    /** A chain whose last step fails: every step and its undo can be broken in at least eight places, the ends in a few less. */
    void chain(int length) throws IOException {
        SagaCrashTest<?, ?, ?> test = Chain.of(length).failing(Chain.step(length), Failing.AFTER_EFFECT);
        Report report = explore("chain of " + length + ", the last step fails", test);
        int points = report.points().values().stream()
                .flatMap(places -> places.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
        int least = 8 * length - 5;
        out.printf("    %d single points, at least %d%n", points, least);
        complete &= points >= least;
    }

    private Report explore(String name, SagaCrashTest<?, ?, ?> test) throws IOException {
        Report report = test.budget(LONG_ENOUGH).explore();
        out.println(name + ": " + report.summary());
        out.println("    happened: "
                + report.fired().entrySet().stream()
                        .map(fired -> String.format("%s %,d", fired.getKey().text(), fired.getValue()))
                        .collect(Collectors.joining(", ")));
        complete &= report.percent() == 100;
        report.counterexample().ifPresent(found -> {
            violations++;
            out.println(found);
        });
        Files.createDirectories(pages);
        Files.writeString(pages.resolve(name.replaceAll("[^a-z0-9]+", "-") + ".html"), report.html());
        return report;
    }
}
