package io.durablesaga.properties.mutants;

import static io.durablesaga.properties.mutants.Patch.ofExecutor;
import static io.durablesaga.properties.mutants.Patch.ofSimulation;

import java.util.List;

/** What could be wrong in the executor on its way back. */
final class UnwindMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                    "undo in forward order",
                    "the first effect is undone first",
                    ofExecutor(
                            "Unwind",
                            "for (int i = done.size() - 1; i >= 0; i--) {",
                            "for (int i = 0; i < done.size(); i++) {"),
                    Play.CHAIN),
            Mutant.of(
                    "last undo skipped",
                    "the effect that comes last in the unwind stays",
                    ofExecutor(
                            "Unwind",
                            "for (int i = done.size() - 1; i >= 0; i--) {",
                            "for (int i = done.size() - 1; i > 0; i--) {"),
                    Play.CHAIN),
            Mutant.of(
                    "new key on each attempt of an undo",
                    "an undo that is attempted again has its effect again",
                    ofExecutor(
                            "Unwind",
                            "EffectKeys.undo(run.identity(), effect.path()),\n",
                            "EffectKeys.undo(run.identity(), effect.path() + (attempt.number() == 1 ? \"\" : \"again\")),\n"),
                    Play.CHAIN),
            Mutant.of(
                    "one key for both directions",
                    "the provider takes the undo for a repetition of the action",
                    ofExecutor(
                            "Unwind",
                            "EffectKeys.undo(run.identity(), effect.path()),\n",
                            "EffectKeys.action(run.identity(), effect.path()),\n"),
                    Play.CHAIN),
            Mutant.of(
                    "stuck reported as compensated",
                    "that an undo has failed is forgotten",
                    ofExecutor(
                            "Unwind",
                            "return reports.stream().anyMatch(report -> report.state().open());",
                            "return false;"),
                    Play.CHAIN),
            Mutant.of(
                    "failed undo taken for done",
                    "an undo whose budget is spent counts as undone",
                    ofExecutor(
                            "Unwind",
                            "report(State.NOT_UNDONE, attempts, failure, null);",
                            "report(State.UNDONE, attempts, failure, null);"),
                    Play.CHAIN),
            Mutant.of(
                    "held undo run nevertheless",
                    "the refund goes out while the parcel still is",
                    ofExecutor("Unwind", "!held && effect.undo() instanceof", "effect.undo() instanceof"),
                    Play.HOLDING),
            Mutant.of(
                    "every failed undo holds",
                    "one undo that fails stops the others",
                    ofExecutor("Unwind", "held |= by.options().holding();", "held = true;"),
                    Play.CHAIN),
            Mutant.of(
                    "decision to retry ignored",
                    "an undo that a person wants attempted again is not",
                    ofExecutor(
                            "Unwind",
                            "settle(by, start(by), attempts);",
                            "report(State.NOT_UNDONE, attempts, failure, null);"),
                    Play.PARKED_RETRY),
            Mutant.of(
                    "decision to skip taken for done",
                    "what a person left undone counts as undone",
                    ofExecutor(
                            "Unwind",
                            "report(State.SKIPPED, attempts, failure, skip.reason());",
                            "report(State.UNDONE, attempts, failure, skip.reason());"),
                    Play.PARKED_SKIP),
            Mutant.of(
                    "items undone in forward order",
                    "the first item of a forEach is undone first",
                    ofExecutor("Unwind", "java.util.Collections.reverse(members);", ""),
                    Play.EACH),
            Mutant.of(
                    "undos of a branch not listed",
                    "the result does not say what was undone beside others",
                    ofExecutor("Unwind", "reports.addAll(inside.get(0).reports);", ""),
                    Play.PARALLEL_UNDO),
            Mutant.of(
                    "replay mismatch compensates",
                    "under another definition what was done is undone, instead of waiting for the right one",
                    List.of(
                            ofExecutor("SagaRun", "Optional<Cause> cause = forward.run(saga.nodes());", """
                                    Optional<Cause> cause;
                                    try {
                                        cause = forward.run(saga.nodes());
                                    } catch (io.durablesaga.engine.ReplayMismatch mismatch) {
                                        cause = Optional.of(new Cause("replay",
                                                io.durablesaga.result.Failure.unknown("mismatch", "")));
                                    }
                                    """),
                            ofSimulation("Incarnation", "execution.requireNothingLeft(number);", "")),
                    Play.CHAIN));

    private UnwindMutants() {}
}
