/** What a test needs of a real engine: time that stands still, processes that die, writes that fail. */
@NullMarked
package io.durablesaga.testing.engine;

import org.jspecify.annotations.NullMarked;
