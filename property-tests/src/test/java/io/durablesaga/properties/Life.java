package io.durablesaga.properties;

import io.durablesaga.Scope;
import io.durablesaga.properties.Behaviour.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All attempts of one body, over all processes. Guarded by the world. */
final class Life {
    private final Body body;
    private final List<Optional<String>> handed = new ArrayList<>();
    private @Nullable String key;
    private @Nullable String callbackId;
    private Work work = new Work(Behaviour.FINE, 1, List.of());
    private int runs;
    private int round;
    private int attempt;
    private int attemptsOfEarlierRounds;
    private int failures;
    private int rejectingAttempt = 1;
    private boolean settled;
    private boolean finding;

    Life(Body body) {
        this.body = body;
    }

    /** An attempt begins; what no engine may do is a violation. */
    void begins(Scope<?> scope, boolean fenced, int crashes, List<String> violations) {
        runs++;
        String name = body + " attempt " + scope.attempt();
        if (settled) {
            violations.add(name + " was begun after its outcome was durable");
        }
        if (key != null && !key.equals(scope.key())) {
            violations.add(name + " has another key than before");
        }
        if (!scope.key().matches("[\\x21-\\x7e]{1,64}")) {
            violations.add(name + " has a key that is not 1 to 64 characters of ASCII");
        }
        if (fenced && scope.attempt() <= attempt) {
            violations.add(name + " was begun after attempt " + attempt);
        }
        int most = 1 + failures + (fenced ? crashes : 0);
        if (scope.attempt() > most) {
            violations.add(name + " is not one of " + most + " that there is a reason for");
        }
        key = scope.key();
        attempt = scope.attempt();
    }

    void work(Work ofBody) {
        work = ofBody;
    }

    Work work() {
        return work;
    }

    void failed(int failedAttempt, Deed deed) {
        failures++;
        if (round == 0 && (deed == Deed.REJECTS || deed == Deed.DECLINES)) {
            rejectingAttempt = failedAttempt;
        }
    }

    void handed(Optional<String> result, boolean looksUp) {
        handed.add(result);
        finding = looksUp;
    }

    /** Whether it is an undo that looks up what is unknown. */
    boolean finding() {
        return finding;
    }

    void sent(String id, List<String> violations) {
        if (callbackId != null && !callbackId.equals(id)) {
            violations.add(body + " sent " + id + " after " + callbackId);
        }
        callbackId = id;
    }

    /** Whether it sends callbacks out, which yields nothing. */
    boolean sends() {
        return callbackId != null;
    }

    void settled() {
        settled = true;
    }

    void again() {
        round++;
        attemptsOfEarlierRounds += attempt;
        attempt = 0;
        failures = 0;
        settled = false;
    }

    boolean hasKey(String other) {
        return other.equals(key);
    }

    @Nullable
    String key() {
        return key;
    }

    int runs() {
        return runs;
    }

    int round() {
        return round;
    }

    /** The number of the last attempt. */
    int attempt() {
        return attempt;
    }

    /** The attempts of all rounds. */
    int attempts() {
        return attemptsOfEarlierRounds + attempt;
    }

    int rejectingAttempt() {
        return rejectingAttempt;
    }

    @Override
    public String toString() {
        return body.toString();
    }

    List<Optional<String>> handed() {
        return handed;
    }
}
