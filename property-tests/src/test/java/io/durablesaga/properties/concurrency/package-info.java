/** Operations of the embedded engine by several threads at once, each history held against what one thread may see. */
@NullMarked
package io.durablesaga.properties.concurrency;

import org.jspecify.annotations.NullMarked;
