/** The order example as a durable function. */
@NullMarked
package io.durablesaga.examples.aws;

import org.jspecify.annotations.NullMarked;
