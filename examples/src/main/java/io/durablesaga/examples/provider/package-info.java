/** Stand-ins for companies that a shop talks to: they remember every idempotency key, and the way to them is not safe. */
@NullMarked
package io.durablesaga.examples.provider;

import org.jspecify.annotations.NullMarked;
