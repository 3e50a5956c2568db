package io.durablesaga.properties.concurrency;

import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.Within.within;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/** What people and time do to one callback at the same time. */
@Param(name = "answer", gen = IntGen.class, conf = "1:2")
public final class AnswerOperations {
    private static final int SILENCE = 10;
    private static final int TIMEOUT = 24;
    private static final int A_WHILE = 6;
    private static final StepKey<String> ANSWER = StepKey.of("answer", String.class);
    private static final Saga<String, String> ASKING = SagaBuilder.saga("asking", String.class)
            .await(
                    ANSWER,
                    within(Duration.ofMinutes(TIMEOUT)).heartbeat(Duration.ofMinutes(SILENCE)),
                    (s, id) -> {},
                    nothingToUndo("a test"))
            .returning(String.class, s -> s.result(ANSWER));
    private static final SharedEngine ENGINES = new SharedEngine(List.of(ASKING));

    private final SharedEngine.Share share = ENGINES.next();
    private final String callback;
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();

    /** An execution that waits. */
    public AnswerOperations() {
        share.engine().start(ASKING, share.name(), "x");
        share.engine().settle();
        callback = Objects.requireNonNull(share.engine().callbacks(share.name()).get("answer"));
    }

    /** Somebody answers. */
    @Operation
    public CallbackAnswer complete(@Param(name = "answer") int answer) {
        return noted("answer-" + answer, share.engine().complete(callback, "answer-" + answer));
    }

    /** Somebody says no. */
    @Operation
    public CallbackAnswer fail() {
        return noted("no", share.engine().fail(callback, "no"));
    }

    /** Somebody is still at work on it. */
    @Operation
    public CallbackAnswer heartbeat() {
        return share.engine().heartbeat(callback);
    }

    /** Time passes; a heartbeat is due after two such whiles, and the answer after four. */
    @Operation
    public void letTimePass() {
        share.engine().advance(Duration.ofMinutes(A_WHILE));
    }

    /** What was accepted is what the execution has heard. */
    @Validate
    public void heardWhatWasAccepted() {
        share.engine().settle();
        SagaStatus<String> status = share.engine().status(ASKING, share.name());
        String heard = status instanceof SagaStatus.Ended<String> ended
                ? ended.result() instanceof SagaResult.Completed<String> completed ? completed.value() : "no"
                : "nothing";
        if (accepted.size() > 1 || (accepted.size() == 1 && !accepted.contains(heard))) {
            throw new IllegalStateException("accepted " + accepted + ", heard " + heard);
        }
    }

    private CallbackAnswer noted(String answer, CallbackAnswer said) {
        if (said == CallbackAnswer.ACCEPTED) {
            accepted.add(answer);
        }
        return said;
    }

    /** The same for one thread. */
    public static final class Alone {
        private int now;
        private int silentAt = SILENCE;
        private boolean answered;
        private boolean late;

        /** As {@link AnswerOperations#complete}. */
        public CallbackAnswer complete(int answer) {
            return ended();
        }

        /** As {@link AnswerOperations#fail}. */
        public CallbackAnswer fail() {
            return ended();
        }

        /** As {@link AnswerOperations#heartbeat}. */
        public CallbackAnswer heartbeat() {
            if (answered || late) {
                return refused();
            }
            silentAt = now + SILENCE;
            return CallbackAnswer.ACCEPTED;
        }

        /** As {@link AnswerOperations#letTimePass}. */
        public void letTimePass() {
            now += A_WHILE;
            late |= !answered && now >= Math.min(TIMEOUT, silentAt);
        }

        private CallbackAnswer ended() {
            if (answered || late) {
                return refused();
            }
            answered = true;
            return CallbackAnswer.ACCEPTED;
        }

        private CallbackAnswer refused() {
            return answered ? CallbackAnswer.DUPLICATE : CallbackAnswer.LATE;
        }
    }
}
