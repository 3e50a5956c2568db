/** One effect per key, whatever happens: the store that a step claims its key in when its provider knows none. */
@NullMarked
package io.durablesaga.idempotency;

import org.jspecify.annotations.NullMarked;
