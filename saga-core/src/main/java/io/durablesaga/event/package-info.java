/** What happens to an execution, told once per execution and not once per replay. */
@NullMarked
package io.durablesaga.event;

import org.jspecify.annotations.NullMarked;
