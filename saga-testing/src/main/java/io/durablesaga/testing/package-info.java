/** Proving that a saga, or an engine, keeps its promises. */
@NullMarked
package io.durablesaga.testing;

import org.jspecify.annotations.NullMarked;
