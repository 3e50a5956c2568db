/** A shop's order as a saga: reserve stock, charge the card, send the parcel. */
@NullMarked
package io.durablesaga.examples.order;

import org.jspecify.annotations.NullMarked;
