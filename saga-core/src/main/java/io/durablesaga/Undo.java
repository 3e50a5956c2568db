package io.durablesaga;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What undoes a step: a body, or the reason why there is none. Said aloud for every step before the pivot.
 *
 * @param <S> what the body sees
 * @param <R> what the action yields
 */
public sealed interface Undo<S, R extends @Nullable Object> {

    /** The body that undoes an effect. Must tolerate "nothing to undo" and "already undone". */
    @FunctionalInterface
    interface Body<S, R extends @Nullable Object> {
        /**
         * Undoes the effect.
         *
         * @throws Exception any failure; it is retried as the options say, but for {@link StepRejected}, which says that no
         *     further attempt will help
         */
        void undo(S scope, Effect<R> effect) throws Exception;
    }

    /** Looks an effect up by the key of its action, where the outcome is unknown. */
    @FunctionalInterface
    interface Finding<S, R extends @Nullable Object> {
        /**
         * What the provider holds under the action's key; empty is no proof that there is nothing.
         *
         * @throws Exception any failure; it fails this attempt of the undo
         */
        Optional<R> find(S scope, String actionKey) throws Exception;
    }

    /** Undone by a body. */
    record By<S, R extends @Nullable Object>(
            UndoOptions options, @Nullable Finding<S, R> finding, Body<S, R> body) implements Undo<S, R> {
        /** Options and body are required. */
        public By {
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(body, "body");
        }
    }

    /** There is no effect worth undoing. */
    record Nothing<S, R extends @Nullable Object>(String reason) implements Undo<S, R> {
        /** The reason is required. */
        public Nothing {
            requireReason(reason);
        }
    }

    /** There is an effect and nothing undoes it; the result of an unwound saga lists it. */
    record Irreversible<S, R extends @Nullable Object>(String reason) implements Undo<S, R> {
        /** The reason is required. */
        public Irreversible {
            requireReason(reason);
        }
    }

    /** Undone by this body, with default options. */
    static <S, R extends @Nullable Object> Undo<S, R> undo(Body<S, R> body) {
        return new By<>(UndoOptions.DEFAULT, null, body);
    }

    /** Undone by this body. */
    static <S, R extends @Nullable Object> Undo<S, R> undo(UndoOptions options, Body<S, R> body) {
        return new By<>(options, null, body);
    }

    /** Undone by this body, which is handed what {@code finding} finds where the outcome is unknown. */
    static <S, R extends @Nullable Object> Undo<S, R> undoFinding(Finding<S, R> finding, Body<S, R> body) {
        return new By<>(UndoOptions.DEFAULT, Objects.requireNonNull(finding, "finding"), body);
    }

    /** Undone by this body, which is handed what {@code finding} finds where the outcome is unknown. */
    static <S, R extends @Nullable Object> Undo<S, R> undoFinding(
            UndoOptions options, Finding<S, R> finding, Body<S, R> body) {
        return new By<>(options, Objects.requireNonNull(finding, "finding"), body);
    }

    /** Says that the step has no effect worth undoing, and why. */
    static <S, R extends @Nullable Object> Undo<S, R> nothingToUndo(String reason) {
        return new Nothing<>(reason);
    }

    /** Says that the effect of the step cannot be undone, and why. */
    static <S, R extends @Nullable Object> Undo<S, R> irreversible(String reason) {
        return new Irreversible<>(reason);
    }

    private static void requireReason(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("reason: say why there is no undo, in words a reader can check");
        }
    }
}
