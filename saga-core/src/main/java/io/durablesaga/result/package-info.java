/** What became of an execution: its result once it has ended, its status before that, and every effect it had. */
@NullMarked
package io.durablesaga.result;

import org.jspecify.annotations.NullMarked;
