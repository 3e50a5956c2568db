/** For those who run their tests with JUnit. */
@NullMarked
package io.durablesaga.testing.junit;

import org.jspecify.annotations.NullMarked;
