package io.durablesaga.engine;

/** How an invoked function ended. */
public sealed interface InvokeOutcome {
    /** It returned this JSON. */
    record Completed(String payload) implements InvokeOutcome {}

    /** It failed, timed out or was stopped: its effects are unknown. */
    record Failed(String type, String message) implements InvokeOutcome {}
}
