package io.durablesaga.properties.mutants;

import static io.durablesaga.properties.mutants.Patch.ofExecutor;

import java.util.List;

/** What could be wrong in the executor. */
final class ExecutorMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                    "undo in forward order",
                    "undoes the first effect first",
                    ofExecutor(
                            "Unwind",
                            "for (int i = done.size() - 1; i >= 0; i--) {",
                            "for (int i = 0; i < done.size(); i++) {"),
                    Play.CHAIN),
            Mutant.of(
                    "last undo skipped",
                    "leaves out the effect that comes last in the unwind",
                    ofExecutor(
                            "Unwind",
                            "for (int i = done.size() - 1; i >= 0; i--) {",
                            "for (int i = done.size() - 1; i > 0; i--) {"),
                    Play.CHAIN),
            Mutant.of(
                    "stuck reported as compensated",
                    "forgets that an undo has failed",
                    ofExecutor(
                            "Unwind",
                            "return reports.stream().anyMatch(report -> report.state().open());",
                            "return false;"),
                    Play.CHAIN),
            Mutant.of(
                    "unknown treated as rejected",
                    "does not undo a step that may have had its effect",
                    ofExecutor("StepRun", "definition.undo() != null && !failure.rejected()", "false"),
                    Play.CHAIN));

    private ExecutorMutants() {}
}
