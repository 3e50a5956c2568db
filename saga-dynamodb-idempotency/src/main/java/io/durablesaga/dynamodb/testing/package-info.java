/** For tests of what uses this module. */
@NullMarked
package io.durablesaga.dynamodb.testing;

import org.jspecify.annotations.NullMarked;
