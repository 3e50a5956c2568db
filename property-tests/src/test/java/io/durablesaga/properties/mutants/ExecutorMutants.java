package io.durablesaga.properties.mutants;

import static io.durablesaga.properties.mutants.Patch.ofExecutor;

import java.util.List;

/** What could be wrong in the executor on its way forward. */
final class ExecutorMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                    "engine fault taken for a failure",
                    "a write that failed ends the step, and the saga is undone",
                    ofExecutor("StepRun", "        StepOutcome outcome = pending.get();\n", """
                                    StepOutcome outcome;
                                    try {
                                        outcome = pending.get();
                                    } catch (Throwable fault) {
                                        if (fault.getMessage().startsWith("nothing can go on")) {
                                            throw fault;
                                        }
                                        outcome = new StepOutcome.Failed(Failure.unknown("fault", "of the engine"), 1);
                                    }
                            """),
                    Play.CHAIN),
            Mutant.of(
                    "new key on each attempt",
                    "an action that is attempted again has its effect again",
                    ofExecutor(
                            "Here",
                            "frame, path, actionKey(path), attempt,",
                            "frame, path, actionKey(attempt == 1 ? path : path + attempt), attempt,"),
                    Play.CHAIN),
            Mutant.of(
                    "forward in spite of a failure",
                    "the node after one that failed runs all the same",
                    ofExecutor(
                            "Forward",
                            "if (cause.isPresent()) {\n                return cause;\n            }\n        }",
                            "if (cause.isPresent() && nodes.isEmpty()) {\n return cause;\n }\n }"),
                    Play.CHAIN),
            Mutant.of(
                    "unknown treated as rejected",
                    "a step that may have had its effect is not undone",
                    ofExecutor("StepRun", "definition.undo() != null && !failure.rejected()", "false"),
                    Play.CHAIN),
            Mutant.of(
                    "rejected treated as unknown",
                    "a step that surely had no effect is undone",
                    ofExecutor(
                            "StepRun", "definition.undo() != null && !failure.rejected()", "definition.undo() != null"),
                    Play.CHAIN),
            Mutant.of(
                    "rejection on a second attempt taken for clean",
                    "what the first attempt may have done is not undone",
                    ofExecutor("AttemptRunner", "(attempt.number() == 1 && !repeated)", "true"),
                    Play.CHAIN),
            Mutant.of(
                    "interruption counted as a failed attempt",
                    "a crash uses up an attempt, and so decides the outcome",
                    ofExecutor(
                            "AttemptRunner",
                            "int failures = attempt.failures() + 1;",
                            "int failures = attempt.number();"),
                    Play.RETRIES),
            Mutant.of(
                    "retry delay dropped",
                    "the next attempt does not wait",
                    ofExecutor(
                            "AttemptRunner",
                            "return new Reply.Retry(failure, delay);",
                            "return new Reply.Retry(failure, Duration.ZERO);"),
                    Play.RETRIES),
            Mutant.of(
                    "failed lambda not recorded",
                    "the decision to unwind is not durable before the first undo",
                    ofExecutor(
                            "Here",
                            "Optional<Cause> recordFailure(String path, Failure failure) {",
                            "Optional<Cause> recordFailure(String path, Failure failure) {\n"
                                    + "if (failure != null) { return fail(path, failure, 1); }"),
                    Play.BROKEN_CONDITION),
            Mutant.of(
                    "result taken from memory",
                    "the first run goes on with what the body returned, a replay with what was recorded",
                    List.of(
                            ofExecutor(
                                    "StepRun",
                                    "    private Pending<StepOutcome> pending;",
                                    "    private Pending<StepOutcome> pending;\n    private @Nullable Object remembered;"),
                            ofExecutor(
                                    "StepRun",
                                    "code = () -> definition.body().run(here.scope(path, attempt.number()));",
                                    "code = () ->\n"
                                            + "    remembered = definition.body().run(here.scope(path, attempt.number()));"),
                            ofExecutor(
                                    "StepRun",
                                    "Object value = here.read(path, definition.key(), completed.payload());",
                                    "Object value = remembered != null\n"
                                            + "    ? remembered : here.read(path, definition.key(), completed.payload());")),
                    Play.LOSSY),
            Mutant.of(
                    "pivot ignored",
                    "what fails past the point of no return is undone",
                    ofExecutor("Forward", "here.run().passPivot(node.parking());", ""),
                    Play.PIVOT),
            Mutant.of(
                    "pivot forgotten by a replay",
                    "after a crash the point of no return is not passed",
                    ofExecutor(
                            "Forward",
                            "here.run().passPivot(node.parking());",
                            "if (!here.ops().replaying()) { here.run().passPivot(node.parking()); }"),
                    Play.PIVOT),
            Mutant.of(
                    "failure past the pivot not listed",
                    "the result does not say what should have happened and may not have",
                    ofExecutor("StepRun", "settled(EffectReport.State.NOT_DONE, failure, attempts, null);", ""),
                    Play.PIVOT),
            Mutant.of(
                    "skipped past the pivot and completed",
                    "a step that a person left undone counts as done",
                    ofExecutor("StepRun", "settled(EffectReport.State.SKIPPED, failure, attempts, skip.reason());", ""),
                    Play.PIVOT_SKIPPED),
            Mutant.of(
                    "sibling in flight not compensated",
                    "members of a parallel are not waited for once one has failed",
                    ofExecutor(
                            "Groups",
                            "first = earlier(first, member.join());",
                            "if (first.isEmpty()) { first = member.join(); }"),
                    Play.PARALLEL),
            Mutant.of(
                    "branch not joined",
                    "the saga goes on while a branch still runs",
                    ofExecutor("Member", "pending.get();\n            return member.cause;", "return member.cause;"),
                    Play.PARALLEL),
            Mutant.of(
                    "next item in spite of a failure",
                    "items of a forEach start after one has failed",
                    ofExecutor("Groups", "return first.isEmpty();", "return true;"),
                    Play.EACH),
            Mutant.of(
                    "item in flight not compensated",
                    "items of a forEach are not waited for once one has failed",
                    ofExecutor(
                            "Groups",
                            "while (joined < members.size()) {",
                            "while (first.isEmpty() && joined < members.size()) {"),
                    Play.EACH_AT_ONCE),
            Mutant.of(
                    "nested steps not undone",
                    "what a nested saga has done is forgotten",
                    ofExecutor(
                            "Forward",
                            "new Forward(here.under(path, own));",
                            "new Forward(here.under(path, own).on(here.ops(), new java.util.ArrayList<>()));"),
                    Play.NESTED),
            Mutant.of(
                    "notification not undone",
                    "sending out a callback's id counts as no effect",
                    ofExecutor(
                            "StepRun",
                            "                        node.undo(),\n                        false,",
                            "                        null,\n                        false,"),
                    Play.AWAIT),
            Mutant.of(
                    "interrupted action not undone",
                    "a step that was interrupted too often counts as not done",
                    ofExecutor(
                            "StepRun",
                            "definition.undo() != null && !failure.rejected()",
                            "definition.undo() != null && !failure.rejected() && !failure.type().equals(\"interrupted\")"),
                    Play.FEW_INTERRUPTIONS));

    private ExecutorMutants() {}
}
