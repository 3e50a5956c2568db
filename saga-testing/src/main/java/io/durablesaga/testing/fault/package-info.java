/** What a crash test lets go wrong, and where: the words of a schedule. */
@NullMarked
package io.durablesaga.testing.fault;

import org.jspecify.annotations.NullMarked;
