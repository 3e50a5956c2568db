package io.durablesaga.testing.rehearsal;

import io.durablesaga.ItemScope;
import io.durablesaga.Node;
import io.durablesaga.Saga;
import io.durablesaga.StepOptions;
import io.durablesaga.StepRejected;
import io.durablesaga.Undo;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Schedule;
import io.durablesaga.testing.rehearsal.Tally.Attempt;
import io.durablesaga.testing.rehearsal.Tally.Recorded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what of the invariants did not hold in a run, from what bodies and records did and not from what the engine claims. */
final class Judge<W, I, O extends @Nullable Object> {
    private final Subject<W, I, O> subject;
    private final Schedule schedule;
    private final Life life;
    private final W own;
    private final List<Event> events;
    private final Tally tally;
    private final Order order;
    private final List<Node> nodes;
    private final List<Violation> violations;

    Judge(Subject<W, I, O> subject, Schedule schedule, Life life, W own, Saga<I, O> saga) {
        this.subject = subject;
        this.schedule = schedule;
        this.life = life;
        this.own = own;
        this.events = life.chronicle().events();
        this.tally = new Tally(events);
        this.order = new Order(saga);
        this.nodes = new Built(saga).nodes();
        this.violations = new ArrayList<>(life.violations());
        tally.steps().forEach(order::node); // items in the order in which they began
    }

    /** What the status is called. */
    static String end(@Nullable SagaStatus<?> status) {
        if (status instanceof SagaStatus.Ended<?> ended) {
            SagaResult<?> result = ended.result();
            return result instanceof SagaResult.Completed<?>
                    ? "completed"
                    : result instanceof SagaResult.Compensated<?> ? "compensated" : "stuck";
        }
        return status == null ? "without end" : String.valueOf(status);
    }

    Outcome judge(@Nullable SagaStatus<O> status, @Nullable String expectedEnd, List<String> operations) {
        if (status instanceof SagaStatus.Ended<O> ended) {
            ended(ended.result(), expectedEnd);
        } else if (status instanceof SagaStatus.Halted<O> halted) {
            violate("I4", "the execution halted under its own definition: " + halted.reason());
        } else {
            violate("I6", "the execution does not come to an end: it is " + end(status));
        }
        keys();
        stability();
        causality();
        landings();
        vacuity();
        own(end(status));
        boolean fine = violations.isEmpty();
        return new Outcome(
                schedule,
                end(status),
                violations,
                life.chronicle().pointsAfter(life.faults().lastFired()),
                tally.steps(),
                awaits(),
                operations,
                subject.observing() == null ? null : subject.observing().apply(own),
                fine ? "" : Story.of(events));
    }

    private void violate(String invariant, String text) {
        violations.add(Violation.of(invariant, text));
    }

    private List<String> awaits() {
        return tally.steps().stream()
                .filter(path ->
                        order.node(path).filter(Node.Await.class::isInstance).isPresent())
                .toList();
    }

    // I1: all, or all undone, or listed

    private void ended(SagaResult<O> result, @Nullable String expectedEnd) {
        String end = end(new SagaStatus.Ended<>(result));
        if (expectedEnd != null && !mayEndOtherwise() && !end.equals(expectedEnd)) {
            violations.add(new Violation("I1", "it ends otherwise than without faults", expectedEnd, end));
        }
        if (result instanceof SagaResult.Completed<O>) {
            completed();
        } else if (result instanceof SagaResult.Compensated<O> compensated) {
            undone(compensated.effects(), true);
            decision(compensated.cause().path());
        } else if (result instanceof SagaResult.Stuck<O> stuck) {
            undone(stuck.effects(), false);
            decision(stuck.cause().path());
            if (stuck.open().isEmpty() && !stuck.cause().path().equals("returning")) {
                violate("I1", "it is stuck and lists nothing that is left to do");
            }
        }
    }

    /** Times decide who answers first, and more crashes than a step survives leave its outcome unknown. */
    private boolean mayEndOtherwise() {
        int faults = schedule.faults().size();
        return schedule.has(Fault.TIMER_SKEW)
                || schedule.has(Fault.CALLBACK_RACE)
                || nodes.stream().anyMatch(node -> faults > survived(node));
    }

    private static int survived(Node node) {
        int action = options(node).interruptions();
        return undo(node) instanceof Undo.By<?, ?> by
                ? Math.min(action, by.options().interruptions())
                : action;
    }

    private void completed() {
        if (!tally.undos().isEmpty()) {
            violate("I1", "it completed, and these were undone: " + tally.undos());
        }
        for (String path : tally.steps()) {
            if (tally.firstEffect(path).isEmpty() && subject.decision() == null) {
                violate("I1", "it completed, and " + path + " never had its effect");
            }
        }
    }

    private void undone(List<EffectReport> reports, boolean all) {
        Map<String, EffectReport> byPath = new HashMap<>();
        reports.forEach(report -> byPath.put(report.path(), report));
        for (String path : tally.steps()) {
            if (mayHaveHappened(path)) {
                reported(path, byPath.get(path), all);
            } else if (!tally.attempts("undo:" + path).isEmpty() && rejectedAtOnce(path)) {
                violate("I1", path + " was rejected on its first attempt, and was undone");
            }
        }
        for (String undo : tally.undos()) {
            String path = undo.substring("undo:".length());
            boolean invoked =
                    order.node(path).filter(Node.Invoke.class::isInstance).isPresent();
            boolean started =
                    !tally.attempts(path).isEmpty() || !tally.records(path).isEmpty();
            if (!started && !invoked) {
                violate("I1", path + " never ran, and was undone");
            }
        }
        undoOrder();
    }

    private void reported(String path, @Nullable EffectReport report, boolean all) {
        boolean undone = tally.firstEffect("undo:" + path).isPresent();
        if (report == null) {
            violate("I1", path + " happened, or may have, and the result does not list it");
            return;
        }
        if (report.state() == EffectReport.State.UNDONE && !undone) {
            violate("I1", path + " is said to be undone, and its undo never had its effect");
        }
        boolean hasUndo = undo(path) instanceof Undo.By<?, ?>;
        if (all && hasUndo && !undone && report.state() != EffectReport.State.RESOLVED) {
            violate("I1", "it is said to be compensated, and " + path + " was not undone");
        }
        tally.attempts(path).forEach(attempt -> sameKey(path, report.actionKey(), attempt));
        tally.attempts("undo:" + path).forEach(attempt -> sameKey("undo:" + path, report.undoKey(), attempt));
    }

    private void sameKey(String operation, String reported, Attempt attempt) {
        if (!reported.equals(attempt.key)) {
            violations.add(
                    new Violation("I1", "the key that the result lists for " + operation, attempt.key, reported));
        }
    }

    /** Only a rejection on the first attempt is surely without effect, unless the provider repeats its first answer. */
    private boolean mayHaveHappened(String path) {
        List<Attempt> attempts = tally.attempts(path);
        Attempt last = attempts.get(attempts.size() - 1);
        StepOptions options = options(path);
        boolean says = last.thrown instanceof StepRejected
                || options.rejections().stream().anyMatch(type -> type.isInstance(last.thrown));
        boolean first = attempts.size() == 1 && last.number == 1; // a wrong engine may count wrongly
        return !says || !(first || options.replaysFirstAnswer());
    }

    private boolean rejectedAtOnce(String path) {
        Recorded outcome = tally.outcome(path);
        return outcome != null && outcome.what().attempt() == 1;
    }

    private StepOptions options(String path) {
        return options(order.node(path).orElse(null));
    }

    private static StepOptions options(@Nullable Node node) {
        if (node instanceof Node.Step step) {
            return step.options();
        }
        return node instanceof Node.Await await ? await.options() : StepOptions.DEFAULT;
    }

    private @Nullable Undo<ItemScope<Object, Object>, Object> undo(String path) {
        return undo(order.node(path).orElse(null));
    }

    private static @Nullable Undo<ItemScope<Object, Object>, Object> undo(@Nullable Node node) {
        if (node instanceof Node.Step step) {
            return step.undo();
        }
        return node instanceof Node.Await await ? await.undo() : null;
    }

    private void undoOrder() {
        List<String> paths = tally.steps();
        for (String first : paths) {
            int begun = firstBegan("undo:" + first);
            for (String second : paths) {
                boolean secondLater = firstEffectOrNever("undo:" + second) > begun;
                if (begun >= 0 && secondLater && order.before(first, second)) {
                    violations.add(new Violation(
                            "I1",
                            "undone in the wrong order",
                            "undo:" + second + ", undo:" + first,
                            "undo:" + first + ", undo:" + second));
                }
            }
        }
    }

    private int firstBegan(String operation) {
        List<Attempt> attempts = tally.attempts(operation);
        return attempts.isEmpty() ? -1 : attempts.get(0).began;
    }

    private int firstEffectOrNever(String operation) {
        return tally.firstEffect(operation).orElse(-1);
    }

    // I2: one key per effect

    private void keys() {
        Map<String, String> operations = new HashMap<>();
        for (String operation : tally.operations()) {
            for (Attempt attempt : tally.attempts(operation)) {
                String first = tally.attempts(operation).get(0).key;
                if (!Objects.equals(first, attempt.key)) {
                    violations.add(new Violation("I2", operation + " has another key", first, attempt.key));
                }
                String other = attempt.key == null ? null : operations.putIfAbsent(attempt.key, operation);
                if (other != null && !other.equals(operation)) {
                    violate("I2", operation + " has the key of " + other);
                }
            }
        }
    }

    // I4: what is recorded stays

    private void stability() {
        boolean retried = subject.decision() instanceof Decision.Retry;
        for (String operation : tally.operations()) {
            Recorded outcome = tally.outcome(operation);
            if (outcome != null && !(retried && outcome.what().event().equals("FAILED"))) {
                boolean again = tally.attempts(operation).stream().anyMatch(attempt -> attempt.began > outcome.at());
                if (again) {
                    violate("I4", operation + " ran again after its outcome was recorded");
                }
                List<Recorded> outcomes = tally.records(operation).stream()
                        .filter(recorded -> recorded.what().outcome())
                        .toList();
                if (outcomes.size() > 1) {
                    violate("I4", operation + " has more than one outcome: " + outcomes);
                }
            }
        }
    }

    // I3 and I7: nothing forward once it goes back, and only a durable failure turns it

    private void causality() {
        int firstUndo = tally.undos().stream().mapToInt(this::firstBegan).min().orElse(Integer.MAX_VALUE);
        for (String operation : tally.operations()) {
            for (Attempt attempt : tally.attempts(operation)) {
                if (!Tally.isUndo(operation) && attempt.began > firstUndo) {
                    violate("I3", operation + " started after the first undo");
                }
                if (Tally.isUndo(operation)) {
                    over(operation, attempt);
                }
            }
        }
    }

    private void over(String undo, Attempt undoing) {
        String path = undo.substring("undo:".length());
        Predicate<Attempt> running = attempt -> attempt.began < undoing.began
                && attempt.incarnation == undoing.incarnation
                && !Tally.over(attempt, undoing.began);
        if (tally.attempts(path).stream().anyMatch(running)) {
            violate("I3", undo + " started while " + path + " was still running");
        }
    }

    private void decision(String cause) {
        int firstUndo = tally.undos().stream().mapToInt(this::firstBegan).min().orElse(Integer.MAX_VALUE);
        if (firstUndo == Integer.MAX_VALUE) {
            return;
        }
        Function<String, Boolean> durable = operation -> tally.records(operation).stream()
                .anyMatch(recorded -> recorded.at() < firstUndo
                        && (recorded.what().event().equals("FAILED")
                                || recorded.what().kind().equals("CALLBACK")
                                || recorded.what().kind().equals("INVOKE")));
        if (!durable.apply(cause) && !durable.apply("failed:" + cause) && !durable.apply("await:" + cause)) {
            violate("I7", "the first undo started before the failure of " + cause + " was recorded");
        }
    }

    // I3: what a superseded incarnation had started

    private void landings() {
        tally.landed().forEach((operation, at) -> {
            boolean known = tally.firstEffect(operation).isPresent();
            boolean undone = tally.firstEffect("undo:" + operation).isPresent();
            if (!known && undone && !Subject.named(subject.barriers(), operation)) {
                violate(
                        "I3",
                        operation + " needs a barrier: an attempt of a superseded incarnation had its effect after"
                                + " the undo. Let the effect refuse a key that has been undone (the idempotency module"
                                + " has one), and say so with barrier(...)");
            }
        });
    }

    // I8: what was planned happened

    private void vacuity() {
        List<Schedule.Injected> left = life.faults().left();
        if (!left.isEmpty()) {
            violate(
                    "I8",
                    "planned and never reached: "
                            + left.stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
    }

    // the user's own

    private void own(String end) {
        if (!end.equals("completed") && !end.equals("compensated")) {
            return; // what is left of a stuck execution is listed, and a person's to put right
        }
        subject.invariants().forEach((name, invariant) -> {
            if (!invariant.test(own)) {
                violate(name, "does not hold of " + own);
            }
        });
    }
}
