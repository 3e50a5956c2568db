/**
 * What stands between event sources and a function, played strictly: each poller delivers, takes answers and delivers again as the
 * source's own does, and fails where a source would fail a whole batch. All chance comes from a given seed.
 */
@NullMarked
package io.durablesaga.dispatcher.poller;

import org.jspecify.annotations.NullMarked;
