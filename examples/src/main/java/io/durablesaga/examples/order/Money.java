package io.durablesaga.examples.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/**
 * An amount in euros, in JSON as {@code "58.00 EUR"}.
 *
 * @param cents the amount
 */
public record Money(long cents) {
    private static final String UNIT = " EUR";

    /** Reads what {@link #toString} writes. */
    @JsonCreator
    public static Money parse(String text) {
        return new Money(
                new BigDecimal(text.replace(UNIT, "")).movePointRight(2).longValueExact());
    }

    @JsonValue
    @Override
    public String toString() {
        return BigDecimal.valueOf(cents, 2) + UNIT;
    }
}
