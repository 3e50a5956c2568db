/** What sagas cost on Lambda, beside the same written by hand on the durable SDK. */
@NullMarked
package io.durablesaga.lambda.costs;

import org.jspecify.annotations.NullMarked;
