/** AWS Lambda's API for durable executions, played over HTTP on this machine, for tests and measurements of whatever calls it. */
@NullMarked
package io.durablesaga.client.server;

import org.jspecify.annotations.NullMarked;
