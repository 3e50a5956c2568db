/** What scripts/dispatch-report runs. */
@NullMarked
package io.durablesaga.dispatcher.report;

import org.jspecify.annotations.NullMarked;
