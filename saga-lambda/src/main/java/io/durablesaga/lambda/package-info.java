/** Sagas as AWS Lambda durable functions. */
@NullMarked
package io.durablesaga.lambda;

import org.jspecify.annotations.NullMarked;
