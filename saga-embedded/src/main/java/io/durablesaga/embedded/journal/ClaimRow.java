package io.durablesaga.embedded.journal;

import org.jspecify.annotations.Nullable;

/**
 * One idempotency key.
 *
 * @param key the key
 * @param owner who holds it or held it last
 * @param fence grows with every grant
 * @param fingerprint of what is done under it
 * @param until when the lease ends (milliseconds)
 * @param held whether it is claimed and neither completed nor released
 * @param result what came of it, once completed
 */
public record ClaimRow(
        String key,
        String owner,
        long fence,
        String fingerprint,
        long until,
        boolean held,
        @Nullable String result) {}
