/**
 * The interpreter: {@link io.durablesaga.run.SagaRun} runs a saga over an engine's {@link
 * io.durablesaga.engine.Operations}, forward and, where it must, back.
 */
@NullMarked
package io.durablesaga.run;

import org.jspecify.annotations.NullMarked;
