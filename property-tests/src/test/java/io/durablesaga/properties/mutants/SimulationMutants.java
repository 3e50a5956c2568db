package io.durablesaga.properties.mutants;

import static io.durablesaga.properties.mutants.Patch.ofSimulation;

import java.util.List;

/** What could be wrong in an engine, done to the simulated one. */
final class SimulationMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                    "undo run again after its record",
                    "a replay does not take an undo's outcome from its record",
                    ofSimulation(
                            "Operation",
                            "if (record != null && record.outcome() != null) {",
                            "if (record != null && record.outcome() != null && kind != Kind.UNDO) {"),
                    Play.CHAIN),
            Mutant.of(
                    "action run again after its record",
                    "a replay does not take an action's outcome from its record",
                    ofSimulation(
                            "Operation",
                            "if (record != null && record.outcome() != null) {",
                            "if (record != null && record.outcome() != null && kind != Kind.ACTION) {"),
                    Play.CHAIN),
            Mutant.of(
                    "capture run again after its record",
                    "a replay captures another value",
                    ofSimulation(
                            "Operation",
                            "if (record != null && record.outcome() != null) {",
                            "if (record != null && record.outcome() != null && kind != Kind.CAPTURE) {"),
                    Play.CAPTURE),
            Mutant.of(
                    "zombie not fenced",
                    "a superseded incarnation may still write",
                    ofSimulation("Incarnation", "if (process.isDead()) {", "if (number < 0) {"),
                    Play.CHAIN_ZOMBIES,
                    Play.CHAIN),
            Mutant.of(
                    "decision to unwind not recorded",
                    "the first undo starts before the failure is durable",
                    ofSimulation("StepOperation", "end(Event.FAILED, failed.attempts(), failed);", "finish(failed);"),
                    Play.CHAIN),
            Mutant.of(
                    "one interruption decides",
                    "a crash in the middle of an attempt fails the step",
                    ofSimulation(
                            "StepOperation",
                            "interruptions(recorded) > call.interruptions()",
                            "interruptions(recorded) > 0"),
                    Play.CHAIN),
            Mutant.of(
                    "start not recorded",
                    "an attempt may have run of which no record tells",
                    List.of(
                            ofSimulation("StepOperation", "if (call.kind().fenced()) {", "if (false) {"),
                            ofSimulation(
                                    "StepOperation",
                                    "(call.kind().fenced() ? recorded.started() : recorded.failures() + recorded.looks())",
                                    "recorded.failures() + recorded.looks()")),
                    Play.CHAIN),
            Mutant.of(
                    "failures not counted",
                    "a body that keeps failing is attempted for ever",
                    ofSimulation("StepOperation", "recorded == null ? 0 : recorded.failures();", "0;"),
                    Play.CHAIN),
            Mutant.of(
                    "undo recorded before its body runs",
                    "a crash in between leaves an effect that counts as undone",
                    ofSimulation(
                            "StepOperation",
                            "        Reply reply = incarnation.inBody(() -> call.body().attempt(attempt));\n",
                            """
                                    if (call.kind() == StepCall.Kind.UNDO) {
                                        end(Event.COMPLETED, 1, new StepOutcome.Completed("null", 1));
                                        incarnation.inBody(() -> call.body().attempt(attempt));
                                        incarnation.turns().returned(fiber);
                                        return;
                                    }
                                    Reply reply = incarnation.inBody(() -> call.body().attempt(attempt));
                            """),
                    Play.CHAIN),
            Mutant.of(
                    "outcome recorded twice",
                    "an operation has two outcomes",
                    ofSimulation("Operation", "        write(how, attempt, changed -> changed.end(how, with));\n", """
                                    write(how, attempt, changed -> changed.end(how, with));
                                    write(how, attempt, changed -> changed.end(how, with));
                            """),
                    Play.CHAIN),
            Mutant.of(
                    "lost acknowledgement answered by another write",
                    "what was written and not acknowledged is written again",
                    ofSimulation("Incarnation", "            throw new IncarnationOver.WriteLost(failed);\n", """
                                        records.write(written, this::requireLive, change);
                            """),
                    Play.CHAIN),
            Mutant.of(
                    "retry delay ignored",
                    "whatever wakes the execution starts the next attempt",
                    ofSimulation("StepOperation", "recorded.dueAt() > incarnation.now()", "recorded.outcome() != null"),
                    Play.RETRIES),
            Mutant.of(
                    "timer fires early",
                    "whatever wakes the execution ends its sleep",
                    ofSimulation(
                            "SleepOperation", "if (incarnation.now() < record().dueAt()) {", "if (recorded == null) {"),
                    Play.SLEEP),
            Mutant.of(
                    "sleep begun anew",
                    "each incarnation sleeps as long as the first would have",
                    ofSimulation(
                            "SleepOperation",
                            "if (recorded == null) {",
                            "if (recorded == null || recorded.outcome() == null) {"),
                    Play.SLEEP),
            Mutant.of(
                    "timer forgotten",
                    "nothing wakes what sleeps",
                    ofSimulation("Incarnation", ".map(Wait::until)", ".map(wait -> (Long) null)"),
                    Play.SLEEP),
            Mutant.of(
                    "poll without a pause",
                    "it looks again at once",
                    ofSimulation("StepOperation", "recorded.again(dueAt)", "recorded.again(0)"),
                    Play.POLL),
            Mutant.of(
                    "answered twice counts twice",
                    "whoever answers last has the word, and nobody is told that he came too late",
                    ofSimulation("CallbackRecord", "if (before == null) {", "if (before == null || deadline > 0) {"),
                    Play.AWAIT),
            Mutant.of(
                    "callback opened anew",
                    "the id that was sent out is not the one that is waited for",
                    ofSimulation(
                            "CallbackOperation",
                            "if (recorded == null) {",
                            "if (recorded == null || recorded.outcome() == null) {"),
                    Play.AWAIT),
            Mutant.of(
                    "definition not checked",
                    "another definition takes the records for its own",
                    ofSimulation(
                            "ExecutionRecord",
                            "recorded.kind() != kind || !recorded.name().equals(name)",
                            "recorded.kind() == Kind.EXECUTION"),
                    Play.CHAIN),
            Mutant.of(
                    "mismatch ends the execution",
                    "under another definition it ends, instead of waiting for the right one",
                    ofSimulation(
                            "Incarnation",
                            "write(List.of(), () -> execution.halt(String.valueOf(mismatch.getMessage())));",
                            "end(new SagaResult.Compensated<>(execution.saga(), new io.durablesaga.result.Cause(\"replay\","
                                    + " io.durablesaga.result.Failure.unknown(\"mismatch\", \"\")), List.of()));"),
                    Play.CHAIN));

    private SimulationMutants() {}
}
