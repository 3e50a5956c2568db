package io.durablesaga.testing.rehearsal;

import io.durablesaga.Node;
import io.durablesaga.Saga;
import io.durablesaga.result.Cause;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.fault.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what of the invariants did not hold in a run, from what bodies and records did and not from what the engine claims. */
final class Judge<W, I, O extends @Nullable Object> {
    private final Subject<W, I, O> subject;
    private final Schedule schedule;
    private final Life life;
    private final W own;
    private final Saga<I, O> saga;
    private final List<Event> events;
    private final Tally tally;
    private final Order order;
    private final Evidence evidence;

    Judge(Subject<W, I, O> subject, Schedule schedule, Life life, W own, Saga<I, O> saga) {
        this.subject = subject;
        this.schedule = schedule;
        this.life = life;
        this.own = own;
        this.saga = saga;
        this.events = life.chronicle().events();
        this.tally = new Tally(events);
        this.order = new Order(saga);
        this.evidence = new Evidence(subject, schedule, tally, order, new ArrayList<>(life.violations()));
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

    /** The same, and why. */
    static String told(SagaStatus<?> status) {
        SagaResult<?> result = status instanceof SagaStatus.Ended<?> ended ? ended.result() : null;
        Cause cause = result instanceof SagaResult.Compensated<?> compensated
                ? compensated.cause()
                : result instanceof SagaResult.Stuck<?> stuck ? stuck.cause() : null;
        return cause == null
                ? end(status)
                : end(status) + " because of " + cause.path() + ": "
                        + cause.failure().type() + ": " + cause.failure().message();
    }

    Outcome judge(@Nullable SagaStatus<O> status, @Nullable String expectedEnd, List<String> operations) {
        Course course = new Course(evidence);
        if (status instanceof SagaStatus.Ended<O> ended) {
            new Ending(evidence).judge(ended.result(), end(status), expectedEnd, new Built(saga).nodes());
            course.decision(ended.result());
        } else if (status instanceof SagaStatus.Halted<O> halted) {
            evidence.violate("I4", "the execution halted under its own definition: " + halted.reason());
        } else {
            evidence.violate("I6", "the execution does not come to an end: it is " + end(status));
        }
        course.judge();
        new Timing(evidence).judge();
        vacuity();
        own(end(status));
        Object observed = observed();
        boolean fine = evidence.violations().isEmpty();
        return new Outcome(
                schedule,
                end(status),
                evidence.violations(),
                life.faults().left(),
                life.chronicle().pointsAfter(life.faults().lastFired()),
                tally.steps(),
                awaits(),
                operations,
                observed,
                fine ? "" : Story.of(events));
    }

    private List<String> awaits() {
        return tally.steps().stream()
                .filter(path ->
                        order.node(path).filter(Node.Await.class::isInstance).isPresent())
                .toList();
    }

    // I8: what was planned happened

    private void vacuity() {
        List<Schedule.Injected> left = life.faults().left();
        if (!left.isEmpty() && life.oneAtATime()) { // where not, things come in another order each time
            evidence.violate(
                    "I8",
                    "planned and never reached: the saga has taken another course than before (a clock, chance, a static?): "
                            + left.stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
    }

    // the user's own

    private void own(String end) {
        if (!end.equals("completed") && !end.equals("compensated")) {
            return; // what is left of a stuck execution is listed, and a person's to put right
        }
        subject.invariants().forEach((name, invariant) -> {
            try {
                if (!invariant.test(own)) {
                    evidence.violate(name, "does not hold of " + own);
                }
            } catch (RuntimeException | LinkageError | AssertionError thrown) {
                evidence.violate(name, "throws " + thrown); // an assertion, or a world in a state nobody thought of
            }
        });
    }

    private @Nullable Object observed() {
        try {
            return subject.observing() == null ? null : subject.observing().apply(own);
        } catch (RuntimeException | LinkageError | AssertionError thrown) {
            evidence.violate("twice", "what is observed of the world cannot be worked out: " + thrown);
            return null;
        }
    }
}
