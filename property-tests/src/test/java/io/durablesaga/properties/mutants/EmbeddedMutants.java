package io.durablesaga.properties.mutants;

import static io.durablesaga.properties.mutants.Patch.ofEmbedded;

import java.util.List;

/** What could be wrong in the embedded engine. */
final class EmbeddedMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                    "embedded: journal failure taken for a failure",
                    "a write that failed ends the step, and what follows is written all the same",
                    List.of(
                            ofEmbedded("StepOperation", "            incarnation.beforeEffect();\n", """
                                            try {
                                                incarnation.beforeEffect();
                                            } catch (RuntimeException fault) {
                                                fail(new StepOutcome.Failed(
                                                        io.durablesaga.result.Failure.unknown("fault", "of the engine"), number()));
                                                return;
                                            }
                                    """),
                            ofEmbedded(
                                    "Outbox",
                                    "earlier.isCompletedExceptionally()) {\n            throw",
                                    "earlier.isCancelled()) {\n            throw")),
                    Play.EMBEDDED_CHAIN),
            Mutant.of(
                    "embedded: interruption not noticed",
                    "an attempt after a crash counts as the first",
                    ofEmbedded(
                            "StepOperation",
                            "this.maybeInterrupted = maybeInterrupted\n",
                            "this.maybeInterrupted = maybeInterrupted && interruptions < 0\n"),
                    Play.EMBEDDED_CHAIN),
            Mutant.of(
                    "embedded: one interruption decides",
                    "a crash in the middle of an attempt fails the step",
                    ofEmbedded("StepOperation", "interruptions > call.interruptions()", "interruptions > 0"),
                    Play.EMBEDDED_CHAIN),
            Mutant.of(
                    "embedded: effect before its cause is durable",
                    "a body runs before the records that lead to it are on the disk",
                    ofEmbedded("StepOperation", "            incarnation.beforeEffect();\n", ""),
                    Play.EMBEDDED_CHAIN),
            Mutant.of(
                    "embedded: undo run again after its record",
                    "a replay does not take an undo's outcome from its record",
                    ofEmbedded(
                            "StepOperation",
                            "if (last.event() == Event.COMPLETED) {",
                            "if (last.event() == Event.COMPLETED && kind != RecordRow.Kind.UNDO) {"),
                    Play.EMBEDDED_CHAIN),
            Mutant.of(
                    "embedded: failure forgotten by a replay",
                    "a step whose failure is recorded is attempted again, and may complete",
                    ofEmbedded(
                            "StepOperation",
                            "} else if (last.event() == Event.FAILED) {",
                            "} else if (last.event() == Event.FAILED && failures < 0) {"),
                    Play.EMBEDDED_CHAIN),
            Mutant.of(
                    "embedded: retry delay forgotten by a replay",
                    "whatever wakes the execution starts the next attempt",
                    ofEmbedded("StepOperation", "        nextAt = last.wakeAt();\n", ""),
                    Play.EMBEDDED_WAITS),
            Mutant.of(
                    "embedded: failures forgotten by a replay",
                    "a body that keeps failing is attempted for ever",
                    ofEmbedded("StepOperation", "failures = recorded.count(Event.RETRY);", "failures = 0;"),
                    Play.EMBEDDED_CHAIN),
            Mutant.of(
                    "embedded: decision to unwind not recorded",
                    "the first undo starts before the failure is durable",
                    ofEmbedded(
                            "StepOperation",
                            "        line.incarnation.record(this, Event.FAILED, failed.attempts(),"
                                    + " Failures.write(failed.failure()), null);\n",
                            ""),
                    Play.EMBEDDED_CHAIN),
            Mutant.of(
                    "embedded: timer fires early",
                    "whatever wakes the execution ends its sleep",
                    ofEmbedded(
                            "SleepOperation", "        if (now < until) {\n", "        if (now + 30_000 < until) {\n"),
                    Play.EMBEDDED_WAITS),
            Mutant.of(
                    "embedded: sleep begun anew",
                    "each incarnation sleeps as long as the first would have",
                    ofEmbedded("SleepOperation", "until = recorded.get().records().get(0).wakeAt();", "until = null;"),
                    Play.EMBEDDED_SLEEP),
            Mutant.of(
                    "embedded: callback opened anew",
                    "the id that was sent out is not the one that is waited for",
                    ofEmbedded(
                            "CallbackOperation",
                            "this.openedNow = recorded.isEmpty();",
                            "this.openedNow = recorded.isEmpty() || recorded.get().last().event() == Event.OPENED;"),
                    Play.EMBEDDED_AWAIT));

    private EmbeddedMutants() {}
}
