/** One effect per key on a DynamoDB table: claims for any effect, stamps and recorded transactions for effects on tables. */
@NullMarked
package io.durablesaga.dynamodb;

import org.jspecify.annotations.NullMarked;
