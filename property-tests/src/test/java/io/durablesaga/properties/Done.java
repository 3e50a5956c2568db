package io.durablesaga.properties;

import io.durablesaga.result.EffectReport;
import java.util.List;

/** What the model has seen happen, or maybe happen, in the order of the definition. */
sealed interface Done {
    /** An effect and what undoes it. */
    record Single(String path, Body body, UndoSpec undo, EffectReport.Action action) implements Done {}

    /** Effects that happened at the same time. */
    record Group(List<List<Done>> members, boolean undoInParallel) implements Done {}

    /** A step past the pivot that failed, and what a person said. */
    record Decided(Expected.Report report, Expected.Cause cause) implements Done {}
}
