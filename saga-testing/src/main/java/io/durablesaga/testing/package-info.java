/**
 * Tests of sagas: {@link io.durablesaga.testing.SagaCrashTest} runs one under every crash there is,
 * {@link io.durablesaga.testing.SagaTrace} says what it records.
 */
@NullMarked
package io.durablesaga.testing;

import org.jspecify.annotations.NullMarked;
