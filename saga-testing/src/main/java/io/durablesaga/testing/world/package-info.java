/** What sagas under test act on: services that outlive every crash, behind a fence that a dead process cannot pass. */
@NullMarked
package io.durablesaga.testing.world;

import org.jspecify.annotations.NullMarked;
