/** What docs/dispatcher.md shows. */
@NullMarked
package io.durablesaga.dispatcher.page;

import org.jspecify.annotations.NullMarked;
