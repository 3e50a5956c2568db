package io.durablesaga.lambda.service;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CallbackOptions;

/**
 * When an open callback ends by itself.
 *
 * @param end the end of the wait, or null
 * @param silence the longest silence, or null
 * @param silent when the silence has lasted too long, or null
 */
record CallbackTimer(
        @Nullable Instant end,
        @Nullable Duration silence,
        @Nullable Instant silent) {

    /** As the options say: no seconds, or none given, is no limit. */
    static CallbackTimer started(@Nullable CallbackOptions options, Instant now) {
        Duration wait = options == null ? null : seconds(options.timeoutSeconds());
        Duration silence = options == null ? null : seconds(options.heartbeatTimeoutSeconds());
        return new CallbackTimer(
                wait == null ? null : now.plus(wait), silence, silence == null ? null : now.plus(silence));
    }

    private static @Nullable Duration seconds(@Nullable Integer seconds) {
        return seconds == null || seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    CallbackTimer heard(Instant now) {
        return new CallbackTimer(end, silence, silence == null ? null : now.plus(silence));
    }

    /** Whether it is the silence that ends it, and not the end of the wait. */
    boolean silentFirst() {
        return silent != null && (end == null || silent.isBefore(end));
    }

    @Nullable
    Instant due() {
        return silentFirst() ? silent : end;
    }
}
