/**
 * A strict stand-in for the service that runs durable functions: in memory, in virtual time, with faults at every call. {@link
 * io.durablesaga.lambda.service.DurableService} is where to start.
 */
@org.jspecify.annotations.NullMarked
package io.durablesaga.lambda.service;
