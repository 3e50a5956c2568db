package io.durablesaga.dispatcher;

import java.util.Objects;

/**
 * Where a record comes from, the same however often it comes.
 *
 * @param kind of source, such as {@code sqs}
 * @param place which source of this kind: an ARN where it has one
 * @param id what the record is called there, unique in that place
 */
public record Origin(String kind, String place, String id) {
    /** All are required. */
    public Origin {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(place, "place");
        if (id.isEmpty()) {
            throw new IllegalArgumentException(kind + " " + place + ": a record without an id has no origin");
        }
    }
}
