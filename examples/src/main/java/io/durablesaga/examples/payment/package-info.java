/** A payment: money is set aside, a person looks at it, and it moves, or it is given back. */
@NullMarked
package io.durablesaga.examples.payment;

import org.jspecify.annotations.NullMarked;
