/** A dispatcher on the embedded engine whose process is killed again and again. */
@NullMarked
package io.durablesaga.dispatcher.killed;

import org.jspecify.annotations.NullMarked;
