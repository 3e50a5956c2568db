/** Runs the order saga into troubles and shows what happens, for {@code ./demo}. */
@NullMarked
package io.durablesaga.examples.demo;

import org.jspecify.annotations.NullMarked;
