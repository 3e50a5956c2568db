package io.durablesaga.result;

import java.util.Arrays;
import java.util.List;

/** Results to write, read and ask. */
final class Results {
    static final Cause CAUSE = new Cause("charge", Failure.rejected("CardDeclined", "no money"));

    private Results() {}

    static EffectReport effect(EffectReport.State state) {
        String path = state.name().toLowerCase(java.util.Locale.ROOT);
        return new EffectReport(
                path, EffectReport.Action.COMPLETED, state, "key-" + path, "undo-" + path, 1, 2, null, null);
    }

    /** One effect per state. */
    static List<EffectReport> effects(boolean open) {
        return Arrays.stream(EffectReport.State.values())
                .filter(state -> state.open() == open)
                .map(Results::effect)
                .toList();
    }
}
