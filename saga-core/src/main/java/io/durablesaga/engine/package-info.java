/**
 * What an engine implements: {@link io.durablesaga.engine.Operations} and the values that cross it. Outcomes come back as
 * sealed values; an exception that crosses this interface is always machinery and ends the incarnation, nothing else.
 */
@NullMarked
package io.durablesaga.engine;

import org.jspecify.annotations.NullMarked;
