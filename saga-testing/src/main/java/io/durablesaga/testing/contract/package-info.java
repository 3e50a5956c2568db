/**
 * What every engine, every starter of sagas and every idempotency store must do: abstract JUnit suites that the module of an
 * engine, starter or store extends.
 */
@NullMarked
package io.durablesaga.testing.contract;

import org.jspecify.annotations.NullMarked;
