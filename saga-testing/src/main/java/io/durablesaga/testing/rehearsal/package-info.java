/** One run of a saga under one schedule: played on an engine, written down, and judged. */
@NullMarked
package io.durablesaga.testing.rehearsal;

import org.jspecify.annotations.NullMarked;
