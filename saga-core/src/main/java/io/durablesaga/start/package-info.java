/** Starting executions by name, on whichever engine: what stands between an event source and a saga needs no more. */
@NullMarked
package io.durablesaga.start;

import org.jspecify.annotations.NullMarked;
