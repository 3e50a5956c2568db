package io.durablesaga.properties;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A random saga.
 *
 * @param refused whether it refuses its input
 * @param nodes what comes before the pivot, or all there is
 * @param past what comes after the pivot; without any there is no pivot
 * @param returningThrows whether the lambda that yields its result throws
 */
record SagaSpec(boolean refused, List<NodeSpec> nodes, List<NodeSpec> past, boolean returningThrows) {
    SagaSpec {
        nodes = List.copyOf(nodes);
        past = List.copyOf(past);
    }

    boolean hasPivot() {
        return !past.isEmpty();
    }

    List<NodeSpec> all() {
        return Stream.concat(nodes.stream(), past.stream()).toList();
    }

    @Override
    public String toString() {
        Stream<String> parts = Stream.of(
                        refused ? Stream.of("refuse") : Stream.<String>of(),
                        nodes.stream().map(NodeSpec::toString),
                        past.isEmpty() ? Stream.<String>of() : Stream.of("pivot"),
                        past.stream().map(NodeSpec::toString),
                        returningThrows ? Stream.of("returning!throws") : Stream.<String>of())
                .flatMap(part -> part);
        return parts.collect(Collectors.joining(", ", "saga[", "]"));
    }
}
