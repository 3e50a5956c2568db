package io.durablesaga;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The most that an execution of a saga can take, with its rollback, or with the parking that stands in for one past the pivot.
 * A retry that a person orders is not counted, nor is the time of an attempt without a timeout or of an invoked function.
 *
 * @param operations recorded operations
 * @param meteredOperations operations plus every further attempt and look, which is what budgets count
 * @param bytes recorded bytes; a result without a bound of its own is taken for {@value #ASSUMED_RESULT_BYTES}
 * @param duration the time spent in sleeps, waits, delays, bounded attempts and parking
 * @param rollback how much of it undoing takes, which must be left as long as something may have to be undone
 * @param nameLength the most characters of an operation's name, with item keys as long as they may be
 * @param bounded whether every attempt has a timeout and nothing is invoked, so that the duration is really the most
 */
public record WorstCase(
        long operations,
        long meteredOperations,
        long bytes,
        Duration duration,
        Duration rollback,
        int nameLength,
        boolean bounded) {
    /** What a result without a bound of its own is taken for. */
    public static final int ASSUMED_RESULT_BYTES = 16 * 1024;

    private static final int RECORD_BYTES = 512;
    private static final int LONGEST_PREFIX = "decide:".length();
    private static final int LONGEST_ITEM_KEY = 64 + "[]".length();

    static WorstCase of(Saga<?, ?> saga) {
        List<Node> nodes = saga.nodes();
        int pivot = saga.pivot().map(nodes::indexOf).orElse(nodes.size());
        Cost undoable = sequence(nodes.subList(0, pivot));
        Cost all = sequence(nodes);
        double failing = failing(nodes);
        double returning = Math.max(1, failing);
        double operations =
                Math.max(undoable.operations + undoable.undoOperations + failing, all.operations + returning);
        double metered = Math.max(undoable.metered + undoable.undoMetered + failing, all.metered + returning);
        return new WorstCase(
                (long) operations,
                (long) metered,
                (long) (all.bytes + operations * RECORD_BYTES),
                Duration.ofMillis(saturated(Math.max(undoable.millis + undoable.undoMillis, all.millis))),
                Duration.ofMillis(saturated(undoable.undoMillis)),
                LONGEST_PREFIX + longestPath(nodes),
                all.bounded);
    }

    private static int longestPath(List<Node> nodes) {
        return nodes.stream().mapToInt(WorstCase::longestPath).max().orElse(0);
    }

    private static int longestPath(Node node) {
        int inside = 0;
        if (node instanceof Node.Parallel parallel) {
            inside = parallel.branches().stream()
                    .mapToInt(branch -> length(branch.name()) + longestPath(branch.nodes()))
                    .max()
                    .orElse(0);
        } else if (node instanceof Node.ForEach forEach) {
            inside = LONGEST_ITEM_KEY + longestPath(forEach.body());
        } else if (node instanceof Node.When when) {
            inside = Math.max(longestPath(when.then()), longestPath(when.otherwise()));
        } else if (node instanceof Node.Nested nested) {
            inside = longestPath(nested.saga().nodes());
        }
        return node.name().length() + (inside == 0 ? 0 : 1 + inside);
    }

    private static int length(@Nullable String branch) {
        return branch == null ? 0 : branch.length() + 1;
    }

    /** How many lambdas may throw in one execution, each of them a recorded failure: several only at the same time. */
    private static double failing(List<Node> nodes) {
        return nodes.stream().mapToDouble(WorstCase::failing).max().orElse(0);
    }

    private static double failing(Node node) {
        if (node instanceof Node.Parallel parallel) {
            return parallel.branches().stream()
                    .mapToDouble(branch -> failing(branch.nodes()))
                    .sum();
        }
        if (node instanceof Node.ForEach each) {
            int atOnce = Math.min(each.bound().atMost(), each.bound().concurrency());
            return Math.max(1, atOnce * failing(each.body()));
        }
        if (node instanceof Node.When when) {
            return Math.max(1, Math.max(failing(when.then()), failing(when.otherwise())));
        }
        if (node instanceof Node.Nested nested) {
            return Math.max(1, failing(nested.saga().nodes()));
        }
        return node instanceof Node.Invoke ? 1 : 0;
    }

    private static double millis(Duration duration) {
        return (double) duration.toMillis();
    }

    private static long saturated(double millis) {
        return (long) Math.min(millis, (double) Long.MAX_VALUE / 2);
    }

    private static Cost sequence(List<Node> nodes) {
        Pricing pricing = new Pricing();
        Cost sum = Cost.NONE;
        for (Node node : nodes) {
            sum = sum.then(node.accept(pricing));
        }
        return sum;
    }

    /** Forward and undo parts apart, since they add up differently at the same time; as doubles, which do not overflow. */
    private record Cost(
            double operations,
            double metered,
            double undoOperations,
            double undoMetered,
            double bytes,
            double millis,
            double undoMillis,
            boolean bounded) {
        static final Cost NONE = new Cost(0, 0, 0, 0, 0, 0, 0, true);

        static Cost forward(double operations, double metered, double bytes, double millis, boolean bounded) {
            return new Cost(operations, metered, 0, 0, bytes, millis, 0, bounded);
        }

        Cost then(Cost next) {
            return combine(next, millis + next.millis, undoMillis + next.undoMillis);
        }

        Cost beside(Cost other, boolean undoInParallel) {
            return combine(
                    other,
                    Math.max(millis, other.millis),
                    undoInParallel ? Math.max(undoMillis, other.undoMillis) : undoMillis + other.undoMillis);
        }

        Cost times(int items, int concurrency, boolean undoInParallel) {
            return new Cost(
                    operations * items,
                    metered * items,
                    undoOperations * items,
                    undoMetered * items,
                    bytes * items,
                    millis * Math.ceil((double) items / concurrency),
                    undoInParallel ? undoMillis : undoMillis * items,
                    bounded);
        }

        Cost or(Cost other) {
            return new Cost(
                    Math.max(operations, other.operations),
                    Math.max(metered, other.metered),
                    Math.max(undoOperations, other.undoOperations),
                    Math.max(undoMetered, other.undoMetered),
                    Math.max(bytes, other.bytes),
                    Math.max(millis, other.millis),
                    Math.max(undoMillis, other.undoMillis),
                    bounded && other.bounded);
        }

        private Cost combine(Cost other, double forwardMillis, double backwardMillis) {
            return new Cost(
                    operations + other.operations,
                    metered + other.metered,
                    undoOperations + other.undoOperations,
                    undoMetered + other.undoMetered,
                    bytes + other.bytes,
                    forwardMillis,
                    backwardMillis,
                    bounded && other.bounded);
        }
    }

    private static final class Pricing implements Node.Visitor<Cost> {
        /** How long a person may take, past the pivot. */
        private double parkingMillis = -1;

        @Override
        public Cost validate(Node.Validate node) {
            return Cost.NONE;
        }

        @Override
        public Cost capture(Node.Capture node) {
            return attempts(node.options());
        }

        @Override
        public Cost step(Node.Step node) {
            return attempts(node.options()).then(undo(node.undo()));
        }

        @Override
        public Cost parallel(Node.Parallel node) {
            Cost all = Cost.NONE;
            for (Node.Branch branch : node.branches()) {
                all = all.beside(nodes(branch.nodes()), node.undoInParallel());
            }
            return all;
        }

        @Override
        public Cost forEach(Node.ForEach node) {
            Bound bound = node.bound();
            return nodes(node.body())
                    .times(bound.atMost(), bound.concurrency(), bound.undoInParallel() && bound.concurrency() > 1);
        }

        @Override
        public Cost when(Node.When node) {
            return nodes(node.then()).or(nodes(node.otherwise()));
        }

        @Override
        public Cost sleep(Node.Sleep node) {
            return Cost.forward(1, 1, 0, millis(node.duration()), true);
        }

        @Override
        public Cost poll(Node.Poll node) {
            Polling polling = node.polling();
            double waiting = millis(polling.interval()) * (polling.atMost() - 1.0);
            return Cost.forward(1, polling.atMost(), ASSUMED_RESULT_BYTES, waiting, false);
        }

        @Override
        public Cost await(Node.Await node) {
            return attempts(node.options())
                    .then(Cost.forward(
                            1, 1, ASSUMED_RESULT_BYTES, millis(node.within().timeout()), true))
                    .then(undo(node.undo()));
        }

        @Override
        public Cost invoke(Node.Invoke node) {
            return Cost.forward(1, 1, ASSUMED_RESULT_BYTES, 0, false).then(undo(node.undo()));
        }

        @Override
        public Cost nested(Node.Nested node) {
            return sequence(node.saga().nodes());
        }

        @Override
        public Cost pivot(Node.Pivot node) {
            parkingMillis = millis(node.parking().timeout());
            return Cost.NONE;
        }

        private Cost nodes(List<Node> nodes) {
            Cost sum = Cost.NONE;
            for (Node node : nodes) {
                sum = sum.then(node.accept(this));
            }
            return sum;
        }

        private Cost attempts(StepOptions options) {
            int bytes = options.resultBytes() == null ? ASSUMED_RESULT_BYTES : options.resultBytes();
            Retries retries = options.retries();
            Cost run = Cost.forward(
                    1, retries.attempts(), bytes, attemptMillis(retries, options.timeout()), options.timeout() != null);
            return parkingMillis < 0 ? run : run.then(Cost.forward(1, 1, 0, parkingMillis, true));
        }

        private static Cost undo(Undo<?, ?> undo) {
            if (!(undo instanceof Undo.By<?, ?> by)) {
                return Cost.NONE;
            }
            UndoOptions options = by.options();
            Parking parking = options.parking();
            int decisions = parking == null ? 0 : 1;
            double parked = parking == null ? 0 : millis(parking.timeout());
            return new Cost(
                    0,
                    0,
                    1 + decisions,
                    options.retries().attempts() + decisions,
                    0,
                    0,
                    attemptMillis(options.retries(), options.timeout()) + parked,
                    options.timeout() != null);
        }

        private static double attemptMillis(Retries retries, @Nullable Duration timeout) {
            double attempt = timeout == null ? 0 : millis(timeout);
            return attempt * retries.attempts() + millis(retries.longest());
        }
    }
}
