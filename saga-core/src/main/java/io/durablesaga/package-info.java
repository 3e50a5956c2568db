/**
 * Defining sagas: {@link io.durablesaga.SagaBuilder} builds an immutable {@link io.durablesaga.Saga}, a tree of {@link
 * io.durablesaga.Node nodes} that pairs every step with what undoes it.
 */
@NullMarked
package io.durablesaga;

import org.jspecify.annotations.NullMarked;
