package io.durablesaga.run;

import io.durablesaga.ItemScope;
import io.durablesaga.Undo;
import io.durablesaga.engine.EffectKeys;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has happened, or may have, in definition order: what an unwind has to undo, in reverse. */
sealed interface Done {

    /** One effect that happened, or may have. */
    record Single(
            String path,
            Frame frame,
            Undo<ItemScope<Object, Object>, Object> undo,
            EffectReport.Action action,
            Optional<Object> result,
            int attempts,
            @Nullable Failure lastError)
            implements Done {

        EffectReport report(ExecutionIdentity execution, EffectReport.State state, @Nullable String reason) {
            return report(execution, state, 0, lastError, reason);
        }

        EffectReport report(
                ExecutionIdentity execution,
                EffectReport.State state,
                int undoAttempts,
                @Nullable Failure error,
                @Nullable String reason) {
            return new EffectReport(
                    path,
                    action,
                    state,
                    EffectKeys.action(execution, path),
                    EffectKeys.undo(execution, path),
                    attempts,
                    undoAttempts,
                    error,
                    reason);
        }
    }

    /** Effects that happened at the same time. */
    record Group(String path, List<List<Done>> members, boolean undoInParallel) implements Done {}

    /** A step past the pivot that failed, and what a person made of it. */
    record Decided(EffectReport report, Cause cause) implements Done {}
}
