package io.durablesaga.start;

import java.time.Duration;

/**
 * Starts executions of one saga by name: one execution per name, whoever starts it and however often.
 *
 * <p>What an engine or service says is an answer, and so is that it could not be reached: neither method throws for it. To start
 * again under the same name with the same payload is always safe, whatever came of the first try. Thread-safe.
 */
public interface SagaStarter {
    /** Starts an execution and does not wait for it. */
    StartAnswer start(StartRequest request);

    /** How an execution that this starter has {@linkplain StartAnswer.Accepted accepted} stands, and how long the answer may take. */
    StandingAnswer standing(StartAnswer.Accepted execution, Duration within);

    /** How many bytes of UTF-8 a payload may have. */
    int largestPayload();
}
