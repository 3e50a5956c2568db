package io.durablesaga.lambda.service;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * How the stand-in behaves where the service leaves it open.
 *
 * @param limits what it holds of one execution
 * @param pageSize how many operations it hands over at once
 * @param failures how many invocations in a row may fail without having recorded anything; then it gives up
 * @param pollAfter how much real time from now on it says that a timer is due that is not; see {@link DurableService}
 * @param pause how long, in real time, it lets a poll wait for news
 * @param longest how long, in real time, an invocation may take before a test is told that it hangs
 * @param calm how long, in real time, an update waits for the threads of its invocation to come to rest; with more than nothing
 *     the start of an operation also counts as a call of its own where its end comes in the same checkpoint. Which calls there are,
 *     and what has run by then, does not depend on chance any more where one line of control is at work
 * @param mayStall which failures a test expects that it gives up on
 */
public record ServiceSettings(
        ServiceLimits limits,
        int pageSize,
        int failures,
        Duration pollAfter,
        Duration pause,
        Duration longest,
        Duration calm,
        Predicate<Throwable> mayStall) {

    /** Pages small enough that everything but the smallest execution has several. */
    public static final ServiceSettings DEFAULT = new ServiceSettings(
            ServiceLimits.DOCUMENTED,
            3,
            5,
            Duration.ofMillis(20),
            Duration.ofMillis(5),
            Duration.ofMinutes(1),
            Duration.ZERO,
            failure -> false);

    /** With other limits. */
    public ServiceSettings limits(ServiceLimits newLimits) {
        return new ServiceSettings(newLimits, pageSize, failures, pollAfter, pause, longest, calm, mayStall);
    }

    /** With pages of another size. */
    public ServiceSettings pageSize(int operations) {
        return new ServiceSettings(limits, operations, failures, pollAfter, pause, longest, calm, mayStall);
    }

    /** With another number of failures in a row. */
    public ServiceSettings failures(int most) {
        return new ServiceSettings(limits, pageSize, most, pollAfter, pause, longest, calm, mayStall);
    }

    /** With another longest invocation. */
    public ServiceSettings longest(Duration real) {
        return new ServiceSettings(limits, pageSize, failures, pollAfter, pause, real, calm, mayStall);
    }

    /** With this much patience for threads that run beside an update. */
    public ServiceSettings calm(Duration real) {
        return new ServiceSettings(limits, pageSize, failures, pollAfter, pause, longest, real, mayStall);
    }

    /** With these failures expected. */
    public ServiceSettings mayStall(Predicate<Throwable> expected) {
        return new ServiceSettings(limits, pageSize, failures, pollAfter, pause, longest, calm, expected);
    }
}
