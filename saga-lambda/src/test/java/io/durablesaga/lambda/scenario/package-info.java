/**
 * Small sagas, one for everything that a saga can have, and what it takes to run each of them on the stand-in for the service
 * from its start, or from any recorded state, to its end.
 */
@NullMarked
package io.durablesaga.lambda.scenario;

import org.jspecify.annotations.NullMarked;
