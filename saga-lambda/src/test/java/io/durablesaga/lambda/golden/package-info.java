/**
 * What executions have recorded under this and former versions of the library, kept as files: executions in flight go on with the
 * code that is there now, so what it records, and what it makes of records, must stay as it is.
 */
@NullMarked
package io.durablesaga.lambda.golden;

import org.jspecify.annotations.NullMarked;
