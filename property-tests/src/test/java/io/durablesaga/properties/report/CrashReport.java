package io.durablesaga.properties.report;

import io.durablesaga.examples.order.OrderCrashTest;
import io.durablesaga.examples.payment.PaymentCrashTest;
import io.durablesaga.properties.mutants.MutantsReport;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.fault.Failing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * Explores the example sagas and chains of steps, then lets the explorer catch mutants. Ends with 0 only if everything was
 * explored, nothing was violated, and every mutant was caught.
 */
public final class CrashReport {
    private final Path pages;
    private int violations;
    private boolean complete = true;

    private CrashReport(Path pages) {
        this.pages = pages;
    }

    /** Given the folder for a page per exploration. */
    public static void main(String[] arguments) throws IOException {
        System.exit(new CrashReport(Path.of(arguments[0])).run() ? 0 : 1);
    }

    private boolean run() throws IOException {
        Files.createDirectories(pages);
        explore("place-order", OrderCrashTest.placeOrder());
        explore("move-money", PaymentCrashTest.moveMoney());
        for (int length : new int[] {3, 5, 10}) {
            Report report = explore(
                    "chain of " + length + ", the last step fails",
                    Chain.of(length).failing(Chain.step(length), Failing.AFTER_EFFECT));
            singlePoints(length, report);
        }
        explore("chain of 3, every step fails", Chain.of(3));
        explore("chain of 5, every step fails", Chain.of(5));
        MutantsReport.Counted mutants = MutantsReport.count(System.out);
        System.out.printf(
                "%nexplored %s %%, %d violations, mutants %d/%d%n",
                complete ? "100" : "less than 100", violations, mutants.caught(), mutants.all());
        return complete && violations == 0 && mutants.caught() == mutants.all();
    }

    private Report explore(String name, SagaCrashTest<?, ?, ?> test) throws IOException {
        Report report = test.budget(Duration.ofMinutes(5)).explore();
        System.out.println(name + ": " + report.summary());
        System.out.println("    "
                + report.fired().entrySet().stream()
                        .map(fired -> String.format("%s %,d", fired.getKey().text(), fired.getValue()))
                        .collect(Collectors.joining(", ")));
        complete &= report.percent() == 100;
        report.counterexample().ifPresent(found -> {
            violations++;
            System.out.println(found);
        });
        Files.writeString(pages.resolve(name.replaceAll("[^a-z0-9]+", "-") + ".html"), report.html());
        return report;
    }

    /** Every step and its undo can be broken in at least eight places, the ends of the chain in a few less. */
    private void singlePoints(int length, Report report) {
        int points = report.points().values().stream()
                .flatMap(places -> places.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
        int least = 8 * length - 5;
        System.out.printf("    %d single points, at least %d%n", points, least);
        complete &= points >= least;
    }
}
