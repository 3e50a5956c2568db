package io.durablesaga.dispatcher;

import io.durablesaga.start.Failed;
import io.durablesaga.start.SagaStarter;
import io.durablesaga.start.StandingAnswer;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartRequest;
import io.durablesaga.start.Throttled;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Asks the engine, again where that may help, as long as there is time. */
final class Starting {
    /** With less time than this nothing is begun. */
    static final Duration LEAST = Duration.ofMillis(20);

    private final SagaStarter starter;
    private final int tries;
    private final Duration callTimeout;
    private final Time time;
    private final Brake brake;

    Starting(SagaStarter starter, Dispatch dispatch, Time time) {
        this.starter = starter;
        this.tries = dispatch.tries();
        this.callTimeout = dispatch.callTimeout();
        this.time = time;
        this.brake = new Brake(time);
    }

    /** The answer, or empty if there was no time to ask. */
    Optional<StartAnswer> start(String name, String payload, Turn turn) throws InterruptedException {
        return ask(turn, within -> starter.start(new StartRequest(name, payload, within)));
    }

    /** The answer, or empty if there was no time to ask. */
    Optional<StandingAnswer> standing(StartAnswer.Accepted execution, Turn turn) throws InterruptedException {
        return ask(turn, within -> starter.standing(execution, within));
    }

    private <A> Optional<A> ask(Turn turn, Function<Duration, A> question) throws InterruptedException {
        Optional<A> answer = Optional.empty();
        for (int failures = 0; failures < tries; failures++) {
            if (!comes(turn)) {
                return answer;
            }
            Duration within = shorter(callTimeout, turn.left());
            if (within.compareTo(LEAST) < 0) { // the process stood still since it was this record's turn
                return answer;
            }
            A asked = question.apply(within);
            boolean throttled = asked instanceof Throttled;
            // what got no answer may have been done, whatever is refused after it
            boolean unsure = throttled && answer.isPresent() && answer.get() instanceof Failed;
            answer = unsure ? answer : Optional.of(asked);
            if (!throttled && !(asked instanceof Failed failed && failed.passing())) {
                return answer;
            }
            Duration delay = brake.delay(failures + 1);
            if (throttled) {
                brake.apply(delay);
            } else if (failures + 1 < tries && !slept(delay, turn)) {
                return answer;
            }
        }
        return answer;
    }

    /** Waits while the engine takes no more; false if then there is no time left, or it is this record's turn no more. */
    private boolean comes(Turn turn) throws InterruptedException {
        for (Duration wait = brake.wait(time.chance()); !wait.isZero(); wait = brake.wait(time.chance())) {
            if (!slept(wait, turn)) {
                return false;
            }
        }
        return turn.holds() && turn.left().compareTo(LEAST) >= 0;
    }

    private boolean slept(Duration delay, Turn turn) throws InterruptedException {
        if (!turn.holds() || turn.left().minus(delay).compareTo(LEAST) < 0) {
            return false;
        }
        time.sleep(delay);
        return true;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
