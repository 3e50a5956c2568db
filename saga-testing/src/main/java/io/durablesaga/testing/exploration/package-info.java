/** Which schedules are played, in which order, and what came of them. */
@NullMarked
package io.durablesaga.testing.exploration;

import org.jspecify.annotations.NullMarked;
