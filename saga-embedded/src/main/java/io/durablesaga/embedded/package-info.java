/**
 * The engine for one machine: {@link io.durablesaga.embedded.EmbeddedEngine} records executions in one SQLite file and goes
 * on with all of them after a crash.
 */
@NullMarked
package io.durablesaga.embedded;

import org.jspecify.annotations.NullMarked;
