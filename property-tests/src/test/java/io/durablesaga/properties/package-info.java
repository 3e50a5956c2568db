/** Random sagas with random failures and random crashes, run on every engine and checked against a model. */
@NullMarked
package io.durablesaga.properties;

import org.jspecify.annotations.NullMarked;
