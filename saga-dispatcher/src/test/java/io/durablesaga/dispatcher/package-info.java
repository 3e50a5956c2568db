@NullMarked
package io.durablesaga.dispatcher;

import org.jspecify.annotations.NullMarked;
