/**
 * One saga per record, from any source: names a record, starts the saga by that name, and says of each record what is to become of
 * it. Knows no event source and no cloud.
 */
@NullMarked
package io.durablesaga.dispatcher;

import org.jspecify.annotations.NullMarked;
