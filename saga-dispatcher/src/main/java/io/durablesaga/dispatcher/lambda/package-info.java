/**
 * Handlers for AWS Lambda, ready to deploy: one for each event source, between it and the function that runs the saga. They differ in
 * what an event looks like and in how its records are returned, and in nothing else.
 */
@NullMarked
package io.durablesaga.dispatcher.lambda;

import org.jspecify.annotations.NullMarked;
