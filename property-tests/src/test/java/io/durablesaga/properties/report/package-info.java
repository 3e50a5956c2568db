/** What {@code scripts/crash-report} prints. */
@NullMarked
package io.durablesaga.properties.report;

import org.jspecify.annotations.NullMarked;
