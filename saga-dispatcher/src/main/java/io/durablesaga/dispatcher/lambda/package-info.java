/**
 * Handlers for AWS Lambda, ready to deploy: one for each event source, between it and the function that runs the saga. They differ in
 * what an event looks like and in how its records are returned, and in nothing else.
 *
 * <p>A handler that is deployed as it is reads the variables of {@link io.durablesaga.dispatcher.DispatchVariables}, and
 *
 * <ul>
 *   <li>{@code DISPATCH_FUNCTION}: the saga's function, an ARN or a name with a version or an alias; required.
 *   <li>{@code DISPATCH_DEAD_LETTER_QUEUE}: the URL of the SQS queue that dead letters go to.
 *   <li>{@code DISPATCH_GUARD_TABLE}: the table in which starts are remembered; takes a module that opens it, such as
 *       saga-dynamodb-idempotency.
 *   <li>{@code DISPATCH_RESERVE}: how long before the invocation's end it answers, {@code PT2S} unless said.
 *   <li>{@code DISPATCH_METRICS}: {@code false} for none.
 * </ul>
 *
 * <p>One of these five that is blank is one that is not there, as a template's parameter may be. For whatever variables do not say, make
 * a subclass whose constructor without arguments calls one with them.
 */
@NullMarked
package io.durablesaga.dispatcher.lambda;

import org.jspecify.annotations.NullMarked;
