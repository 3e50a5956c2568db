/** Checks that need every module at once. */
@NullMarked
package io.durablesaga.checks;

import org.jspecify.annotations.NullMarked;
