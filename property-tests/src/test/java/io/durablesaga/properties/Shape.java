package io.durablesaga.properties;

/** What is left of a saga without its names. */
final class Shape {
    private Shape() {}

    static String of(SagaSpec saga) {
        return saga.toString()
                .replaceAll(
                        "\\b(step|capture|par|par-undo|branch|each|when|sleep|poll|await|nested|invoke) [a-z]\\d*",
                        "$1");
    }
}
