/** The shop's order with its stock in DynamoDB, and a courier who knows no keys. */
@NullMarked
package io.durablesaga.examples.dynamodb;

import org.jspecify.annotations.NullMarked;
