package io.durablesaga.properties;

import io.durablesaga.AfterPivot;
import io.durablesaga.Parking;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.Scope;
import io.durablesaga.View;
import io.durablesaga.properties.Nodes.Tag;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Builds the sagas of a specification: the root, and those that are invoked. */
final class Definitions {
    static final Parking PARKING = Parking.park(Duration.ofMinutes(20));

    private final World world;
    private final Map<String, Saga<String, String>> invoked = new LinkedHashMap<>();

    Definitions(World world) {
        this.world = world;
    }

    /** Thrown by lambdas; that there is none to catch it is the point. */
    static final class LambdaThrew extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    Saga<String, String> root(SagaSpec spec) {
        return saga("root", spec, new Template(""));
    }

    Collection<Saga<String, String>> invoked() {
        return invoked.values();
    }

    /** The saga of an execution, by what leads to it. */
    Saga<String, String> of(String execution) {
        return Objects.requireNonNull(invoked.get(execution.replaceAll("\\[[^]]*]", "[*]")), execution);
    }

    World world() {
        return world;
    }

    Saga<String, String> invoke(String name, SagaSpec spec, Template place) {
        Saga<String, String> child = saga(name, spec, place);
        invoked.put(place.place(), child);
        return child;
    }

    Saga<String, String> saga(String name, SagaSpec spec, Template place) {
        SagaBuilder<String> builder = SagaBuilder.saga(name, String.class);
        if (spec.refused()) {
            builder.validate(input -> {
                throw new LambdaThrew();
            });
        }
        Nodes<View<String>, Scope<String>> nodes = new Nodes<>(this, place, Tag.INPUT);
        spec.nodes().forEach(node -> nodes.add(builder, node));
        if (!spec.hasPivot()) {
            return builder.returning(String.class, view -> returning(spec, view));
        }
        AfterPivot<String> after = builder.pivot(PARKING);
        FinalNodes last = new FinalNodes(this, place);
        spec.past().forEach(node -> last.add(after, node));
        return after.returning(String.class, view -> returning(spec, view));
    }

    private static String returning(SagaSpec spec, View<String> view) {
        if (spec.returningThrows()) {
            throw new LambdaThrew();
        }
        return Keys.of(spec).stream()
                .map(key -> key.name() + "="
                        + (key.perItem()
                                ? view.results(Nodes.key(key.name())).toString()
                                : view.find(Nodes.key(key.name())).orElse("-")))
                .collect(Collectors.joining(" "));
    }
}
