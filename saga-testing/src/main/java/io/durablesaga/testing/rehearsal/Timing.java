package io.durablesaga.testing.rehearsal;

import io.durablesaga.Node;
import io.durablesaga.Retries;
import io.durablesaga.Undo;
import io.durablesaga.engine.Decision;
import io.durablesaga.testing.rehearsal.Tally.Attempt;
import io.durablesaga.testing.rehearsal.Tally.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** No pause is shorter than the definition says: between attempts, between looks, of a sleep, until a callback times out. */
final class Timing {
    /** A delay that comes out the same so many times is not drawn. */
    private static final int DRAWS = 8;

    private final Evidence evidence;
    private final Tally tally;

    Timing(Evidence evidence) {
        this.evidence = evidence;
        this.tally = evidence.tally();
    }

    void judge() {
        tally.operations().forEach(this::attempts);
        tally.recorded().forEach(this::waits);
    }

    private void attempts(String operation) {
        int failures = 0;
        for (Recorded recorded : tally.records(operation)) {
            String event = recorded.what().event();
            if (event.equals("RETRY") || event.equals("AGAIN")) {
                failures++;
                Optional<Duration> pause = pause(operation, failures);
                OptionalInt next = beganAfter(operation, recorded.at());
                if (pause.isPresent() && next.isPresent()) {
                    atLeast(pause.get(), recorded.at(), next.getAsInt(), operation + " was attempted again");
                }
            }
        }
    }

    private OptionalInt beganAfter(String operation, int at) {
        return tally.attempts(operation).stream()
                .mapToInt((Attempt attempt) -> attempt.began)
                .filter(began -> began > at)
                .findFirst();
    }

    /** The pause after so many failures; none where it is left to chance. */
    private Optional<Duration> pause(String operation, int failures) {
        String path = Tally.isUndo(operation) ? Tally.undone(operation) : operation;
        @Nullable Node node = evidence.order().node(path).orElse(null);
        if (node instanceof Node.Poll poll) {
            return Optional.of(poll.polling().interval());
        }
        if (node == null || evidence.subject().decision() instanceof Decision.Retry) {
            return Optional.empty(); // a retry that was decided begins to count anew
        }
        if (!Tally.isUndo(operation)) {
            return fixed(Evidence.options(node).retries(), failures);
        }
        return Evidence.undo(node) instanceof Undo.By<?, ?> by
                ? fixed(by.options().retries(), failures)
                : Optional.empty();
    }

    private static Optional<Duration> fixed(Retries retries, int failures) {
        List<Duration> draws = Stream.generate(() -> retries.delayAfter(failures))
                .limit(DRAWS)
                .distinct()
                .toList();
        return draws.size() == 1 ? Optional.of(draws.get(0)) : Optional.empty();
    }

    private void waits(String operation) {
        List<Recorded> records = tally.records(operation);
        Recorded last = records.get(records.size() - 1);
        String path = operation.startsWith("await:") ? operation.substring("await:".length()) : operation;
        Node node = evidence.order().node(path).orElse(null);
        if (node instanceof Node.Sleep sleep && last.what().outcome()) {
            atLeast(sleep.duration(), records.get(0).at(), last.at(), operation + " was over");
        }
        boolean timedOut = last.what().event().equals("FAILED");
        if (node instanceof Node.Await await && !operation.equals(path) && timedOut) {
            Duration silence = await.within().heartbeat();
            Duration longest = silence == null ? await.within().timeout() : silence;
            atLeast(longest, records.get(0).at(), last.at(), operation + " timed out");
        }
    }

    private void atLeast(Duration pause, int from, int to, String what) {
        Duration real = tally.time(to).minus(tally.time(from));
        if (real.compareTo(pause) < 0) {
            evidence.violate("timing", what + " too early", "after " + pause, "after " + real);
        }
    }
}
