/** Deliberately wrong variants of the executor, of the engines and of sagas: the crash explorer must catch every one. */
@NullMarked
package io.durablesaga.properties.mutants;

import org.jspecify.annotations.NullMarked;
