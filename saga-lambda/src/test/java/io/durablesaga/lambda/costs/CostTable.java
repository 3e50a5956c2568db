package io.durablesaga.lambda.costs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What everything costs that a saga can have, and a whole purchase, measured on the stand-in for the service. */
record CostTable(List<Row> rows) {
    private static final String HEAD = "| | operations | metered | checkpoints | invocations |";

    static CostTable measured() {
        return new CostTable(
                Stream.of(steps(), groups(), waits()).flatMap(List::stream).toList());
    }

    private static List<Row> steps() {
        return List.of(
                Row.of("step", "step", HandWrittenSteps.one()),
                Row.of("step, at its third attempt", "step-retried", HandWrittenSteps.retried()),
                Row.of("two steps, the second rejected, one undo", "step-rejected", HandWrittenSteps.rejected()),
                Row.of("two steps, the second of unknown outcome, two undos", "step-failed", HandWrittenSteps.failed()),
                Row.of("three steps, an undo that fails for good", "stuck", HandWrittenSteps.stuck()),
                Row.of("capture", "capture", HandWrittenSteps.capture()),
                Row.of("when, over a step", "when", HandWrittenSteps.when()),
                Row.of("nested saga of a step", "nested", HandWrittenSteps.nested()),
                Row.of("purchase, completed", "purchase-completed", HandWrittenSteps.purchase(false)),
                Row.of("purchase, rolled back", "purchase-undone", HandWrittenSteps.purchase(true)));
    }

    private static List<Row> groups() {
        return List.of(
                Row.of(
                        "parallel of two steps",
                        "parallel",
                        HandWrittenGroups.parallel(),
                        HandWrittenGroups.parallelAsDocumented()),
                Row.of(
                        "parallel of a step and a branch of three, and a step",
                        "parallel-branch",
                        HandWrittenGroups.branch(),
                        HandWrittenGroups.branchAsDocumented()),
                Row.of("forEach of three, a step each", "for-each", HandWrittenGroups.forEach()),
                Row.of(
                        "forEach of three, a step each, two at once",
                        "for-each-together",
                        HandWrittenGroups.forEachTogether(),
                        HandWrittenGroups.forEachTogetherAsDocumented()),
                Row.of(
                        "forEach of two, two steps each, at once; all undone for a rejected step",
                        "for-each-branch",
                        HandWrittenGroups.forEachBranch(),
                        HandWrittenGroups.forEachBranchAsDocumented()));
    }

    private static List<Row> waits() {
        return List.of(
                Row.of("sleep and a step", "sleep", HandWrittenWaits.sleep()),
                Row.of("poll of three looks", "poll", HandWrittenWaits.poll()),
                Row.of("await, answered", "await", HandWrittenWaits.await(), HandWrittenWaits.awaitAsDocumented()),
                Row.of(
                        "await, timed out",
                        "await-times-out",
                        HandWrittenWaits.await(),
                        HandWrittenWaits.awaitAsDocumented()),
                Row.of("invoke", "invoke", HandWrittenWaits.invoke()),
                Row.of(
                        "three steps, the second parked and decided",
                        "parked-step-resolved",
                        HandWrittenWaits.parkedStep(),
                        HandWrittenWaits.parkedStepAsDocumented()),
                Row.of(
                        "three steps, an undo parked and decided",
                        "parked-undo-resolved",
                        HandWrittenWaits.parkedUndo(),
                        HandWrittenWaits.parkedUndoAsDocumented()));
    }

    List<String> complaints() {
        return rows.stream().flatMap(row -> row.complaints().stream()).toList();
    }

    /** In each cell the saga, then by hand; then, where it differs, as the SDK's documentation has it. */
    String markdown() {
        List<String> lines = new ArrayList<>(List.of(HEAD, "|---|---|---|---|---|"));
        rows.forEach(row -> lines.add(markdown(row)));
        return String.join("\n", lines) + "\n";
    }

    private static String markdown(Row row) {
        StringBuilder line = new StringBuilder("| ").append(row.what()).append(" |");
        IntStream.range(0, Cost.UNITS.size())
                .mapToObj(unit -> cell(
                        row.ours().numbers().get(unit),
                        row.byHand().numbers().get(unit),
                        row.documented() == null
                                ? null
                                : row.documented().numbers().get(unit)))
                .forEach(cell -> line.append(' ').append(cell).append(" |"));
        return line.toString();
    }

    private static String cell(int ours, int byHand, @Nullable Integer documented) {
        return ours + " / " + byHand + (documented == null ? "" : " / " + documented);
    }
}
