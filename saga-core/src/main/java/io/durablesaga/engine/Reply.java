package io.durablesaga.engine;

import io.durablesaga.result.Failure;
import java.time.Duration;

/** What to record of an attempt. */
public sealed interface Reply {
    /** The operation is completed with this JSON. */
    record Completed(String payload) implements Reply {}

    /** The operation has failed for good. */
    record Failed(Failure failure) implements Reply {}

    /** This attempt has failed; the next one follows after the delay. */
    record Retry(Failure failure, Duration delay) implements Reply {}

    /** A look found nothing; the next one follows after the delay. */
    record Again(Duration delay) implements Reply {}
}
