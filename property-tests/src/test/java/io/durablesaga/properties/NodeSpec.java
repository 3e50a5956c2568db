package io.durablesaga.properties;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One node of a random saga, with what goes wrong in it. Printed, it reads like a saga. */
sealed interface NodeSpec {
    String name();

    /** A step; past the pivot its undo means nothing. */
    record Step(String name, Work work, boolean replays, UndoSpec undo) implements NodeSpec {
        @Override
        public String toString() {
            return "step " + name + work + (replays ? " replays" : "") + undo;
        }
    }

    /** A recorded value. */
    record Capture(String name, Work work) implements NodeSpec {
        @Override
        public String toString() {
            return "capture " + name + work;
        }
    }

    /** Members that run at the same time. */
    record Parallel(String name, List<Member> members, boolean undoInParallel) implements NodeSpec {
        @Override
        public String toString() {
            return (undoInParallel ? "par-undo " : "par ")
                    + name
                    + members.stream().map(Member::toString).collect(Collectors.joining(" | ", "(", ")"));
        }
    }

    /**
     * One of them.
     *
     * @param name null for a plain step or capture
     */
    record Member(@Nullable String name, List<NodeSpec> nodes) {
        boolean plain() {
            return name == null;
        }

        /** What its nodes' paths have of it: nothing, where it has no name. */
        String prefix() {
            return plain() ? "" : name + "/";
        }

        @Override
        public String toString() {
            return name == null ? nodes.get(0).toString() : "branch " + name + list(nodes);
        }
    }

    /** The same nodes for every item. */
    record Each(
            String name, int items, int concurrency, boolean undoInParallel, ItemsLambda lambda, List<NodeSpec> body)
            implements NodeSpec {
        @Override
        public String toString() {
            String at = concurrency == 1 ? "" : " by " + concurrency + (undoInParallel ? " undo-parallel" : "");
            return "each " + name + "[" + items + at + "]" + lambda + list(body);
        }
    }

    /** What the list of items is. */
    enum ItemsLambda {
        FINE,
        THROWS,
        TOO_MANY;

        @Override
        public String toString() {
            return this == FINE ? "" : this == THROWS ? "!throws" : "!too-many";
        }
    }

    /** One of two ways. */
    record When(String name, Way way, List<NodeSpec> then, List<NodeSpec> otherwise) implements NodeSpec {
        @Override
        public String toString() {
            return "when " + name + " " + way.name().toLowerCase(Locale.ROOT) + list(then)
                    + (otherwise.isEmpty() ? "" : " otherwise" + list(otherwise));
        }
    }

    /** What a condition says. */
    enum Way {
        THEN,
        OTHERWISE,
        THROWS
    }

    /** A pause. */
    record Sleep(String name, int seconds) implements NodeSpec {
        @Override
        public String toString() {
            return "sleep " + name + " " + seconds + "s";
        }
    }

    /**
     * A look, again and again.
     *
     * @param foundAt the look that finds something, if it is among those that are had
     * @param rejects whether that look says instead that there is nothing to be found
     */
    record Poll(String name, int foundAt, int looks, boolean rejects, boolean orElse) implements NodeSpec {
        @Override
        public String toString() {
            return "poll " + name + (rejects ? " rejects" : " finds") + " at " + foundAt + " of " + looks
                    + (orElse ? " or else" : "");
        }
    }

    /** A callback. */
    record Await(String name, Work sending, Answer answer, boolean heartbeat, boolean orElse, UndoSpec undo)
            implements NodeSpec {
        @Override
        public String toString() {
            return "await " + name + sending + " " + answer.name().toLowerCase(Locale.ROOT)
                    + (heartbeat ? " heartbeat" : "") + (orElse ? " or else" : "") + undo;
        }
    }

    /** What becomes of a callback. */
    enum Answer {
        ANSWERED,
        FAILED,
        NEVER
    }

    /** An inlined saga. */
    record Nested(String name, boolean inputThrows, SagaSpec saga) implements NodeSpec {
        @Override
        public String toString() {
            return "nested " + name + (inputThrows ? "!input-throws" : "") + " " + saga;
        }
    }

    /** An invoked saga. */
    record Invoke(String name, boolean payloadThrows, SagaSpec saga, UndoSpec undo) implements NodeSpec {
        @Override
        public String toString() {
            return "invoke " + name + (payloadThrows ? "!payload-throws" : "") + " " + saga + undo;
        }
    }

    private static String list(List<NodeSpec> nodes) {
        return nodes.stream().map(NodeSpec::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
