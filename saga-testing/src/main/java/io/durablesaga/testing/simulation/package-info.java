/** An engine in memory that behaves like a cloud service: deterministic, fast, and as mortal as a test wants it. */
@NullMarked
package io.durablesaga.testing.simulation;

import org.jspecify.annotations.NullMarked;
