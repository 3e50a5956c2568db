/** One order flow three times: on the library, written by hand with care, and written by hand without. */
@NullMarked
package io.durablesaga.lambda.byhand;

import org.jspecify.annotations.NullMarked;
