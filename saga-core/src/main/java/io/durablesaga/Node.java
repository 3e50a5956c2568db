package io.durablesaga;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One node of a saga's immutable tree. Bodies are kept as given, with their types erased: everything that looks at a saga
 * (the run, the preview, the worst case, a drawing) looks at these records.
 */
public sealed interface Node {

    /** The name, unique within its saga. */
    String name();

    /** Calls the visitor's method for this kind of node. */
    <T extends @Nullable Object> T accept(Visitor<T> visitor);

    /** One method per kind of node, so that a new kind cannot be forgotten anywhere. */
    interface Visitor<T extends @Nullable Object> {
        /** Of a {@link Validate}. */
        T validate(Validate node);

        /** Of a {@link Capture}. */
        T capture(Capture node);

        /** Of a {@link Step}. */
        T step(Step node);

        /** Of a {@link Parallel}. */
        T parallel(Parallel node);

        /** Of a {@link ForEach}. */
        T forEach(ForEach node);

        /** Of a {@link When}. */
        T when(When node);

        /** Of a {@link Sleep}. */
        T sleep(Sleep node);

        /** Of a {@link Poll}. */
        T poll(Poll node);

        /** Of an {@link Await}. */
        T await(Await node);

        /** Of an {@link Invoke}. */
        T invoke(Invoke node);

        /** Of a {@link Nested}. */
        T nested(Nested node);

        /** Of a {@link Pivot}. */
        T pivot(Pivot node);
    }

    /** Checks the input before anything is recorded. */
    record Validate(String name, Consumer<Object> check) implements Node {
        @Override
        public <T extends @Nullable Object> T accept(Visitor<T> visitor) {
            return visitor.validate(this);
        }
    }

    /** Records a value; has no effect and needs no undo. */
    record Capture(StepKey<?> key, StepOptions options, Action<ItemScope<Object, Object>, @Nullable Object> body)
            implements Node {
        @Override
        public String name() {
            return key.name();
        }

        @Override
        public <T extends @Nullable Object> T accept(Visitor<T> visitor) {
            return visitor.capture(this);
        }
    }

    /** One external effect and what undoes it. */
    record Step(
            StepKey<?> key,
            StepOptions options,
            Action<ItemScope<Object, Object>, @Nullable Object> action,
            Undo<ItemScope<Object, Object>, Object> undo)
            implements Node {
        @Override
        public String name() {
            return key.name();
        }

        @Override
        public <T extends @Nullable Object> T accept(Visitor<T> visitor) {
            return visitor.step(this);
        }
    }

    /** Members that run at the same time; each is a single step or capture, or a {@link Branch}. */
    record Parallel(String name, List<Branch> branches, boolean undoInParallel) implements Node {
        /** Copies the branches. */
        public Parallel {
            branches = List.copyOf(branches);
        }

        @Override
        public <T extends @Nullable Object> T accept(Visitor<T> visitor) {
            return visitor.parallel(this);
        }
    }

    /** One member of a {@link Parallel}: a single step or capture has no name of its own. */
    record Branch(@Nullable String name, List<Node> nodes) {
        /** Copies the nodes. */
        public Branch {
            nodes = List.copyOf(nodes);
        }

        /** The one step or capture, where that is all there is to it. */
        public Optional<Node> plain() {
            return plainStep(nodes);
        }
    }

    /** The same nodes for every item of a list. */
    record ForEach(
            String name,
            Bound bound,
            Function<ItemView<Object, Object>, List<?>> items,
            Function<Object, String> itemKey,
            List<Node> body)
            implements Node {
        /** Copies the body. */
        public ForEach {
            body = List.copyOf(body);
        }

        /** The one step or capture, where that is the whole body. */
        public Optional<Node> plain() {
            return plainStep(body);
        }

        @Override
        public <T extends @Nullable Object> T accept(Visitor<T> visitor) {
            return visitor.forEach(this);
        }
    }

    /** One of two ways, chosen by a pure predicate. */
    record When(String name, Predicate<ItemView<Object, Object>> condition, List<Node> then, List<Node> otherwise)
            implements Node {
        /** Copies both ways. */
        public When {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }

        @Override
        public <T extends @Nullable Object> T accept(Visitor<T> visitor) {
            return visitor.when(this);
        }
    }

    /** A durable pause. */
    record Sleep(String name, Duration duration) implements Node {
        @Override
        public <T extends @Nullable Object> T accept(Visitor<T> visitor) {
            return visitor.sleep(this);
        }
    }

    /** Looks again and again until there is something. */
    record Poll(
            StepKey<?> key,
            Polling polling,
            @Nullable Object orElse,
            Action<ItemScope<Object, Object>, Optional<?>> look)
            implements Node {
        @Override
        public String name() {
            return key.name();
        }

        @Override
        public <T extends @Nullable Object> T accept(Visitor<T> visitor) {
            return visitor.poll(this);
        }
    }

    /** Sends a callback's id out and waits for its completion. The sending is the effect and carries the undo. */
    record Await(
            StepKey<?> key,
            StepOptions options,
            Within within,
            @Nullable Object orElse,
            Notification<ItemScope<Object, Object>> notification,
            Undo<ItemScope<Object, Object>, Object> undo)
            implements Node {
        @Override
        public String name() {
            return key.name();
        }

        @Override
        public <T extends @Nullable Object> T accept(Visitor<T> visitor) {
            return visitor.await(this);
        }
    }

    /** Runs another function durably and takes its result. */
    record Invoke(
            StepKey<?> key,
            String target,
            Function<ItemView<Object, Object>, @Nullable Object> payload,
            Undo<ItemScope<Object, Object>, Object> undo)
            implements Node {
        @Override
        public String name() {
            return key.name();
        }

        @Override
        public <T extends @Nullable Object> T accept(Visitor<T> visitor) {
            return visitor.invoke(this);
        }
    }

    /** Another saga, inlined under its path. */
    record Nested(StepKey<?> key, Saga<?, ?> saga, Function<ItemView<Object, Object>, Object> input) implements Node {
        @Override
        public String name() {
            return key.name();
        }

        @Override
        public <T extends @Nullable Object> T accept(Visitor<T> visitor) {
            return visitor.nested(this);
        }
    }

    /** The point of no return: nothing is undone once it is passed. */
    record Pivot(Parking parking) implements Node {
        @Override
        public String name() {
            return "pivot";
        }

        @Override
        public <T extends @Nullable Object> T accept(Visitor<T> visitor) {
            return visitor.pivot(this);
        }
    }

    private static Optional<Node> plainStep(List<Node> nodes) {
        return nodes.size() == 1 && (nodes.get(0) instanceof Step || nodes.get(0) instanceof Capture)
                ? Optional.of(nodes.get(0))
                : Optional.empty();
    }
}
