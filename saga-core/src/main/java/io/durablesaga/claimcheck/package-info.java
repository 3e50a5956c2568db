/** x. */
@NullMarked
package io.durablesaga.claimcheck;

import org.jspecify.annotations.NullMarked;
