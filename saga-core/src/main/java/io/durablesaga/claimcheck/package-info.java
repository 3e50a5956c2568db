/** Where texts go that are too large for the record that should hold them: the record keeps a reference. */
@NullMarked
package io.durablesaga.claimcheck;

import org.jspecify.annotations.NullMarked;
