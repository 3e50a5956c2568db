package io.durablesaga.dynamodb.page;

import java.util.Optional;

/** Prints. */
interface Printer {
    Label print(String order);

    /** What it has printed for this order. */
    Optional<Label> find(String order);
}
