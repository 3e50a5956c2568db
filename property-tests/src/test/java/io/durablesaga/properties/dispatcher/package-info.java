/** Random records, redeliveries and faults, through the handlers of all event sources. */
@NullMarked
package io.durablesaga.properties.dispatcher;

import org.jspecify.annotations.NullMarked;
