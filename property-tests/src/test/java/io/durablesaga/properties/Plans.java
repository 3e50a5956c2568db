package io.durablesaga.properties;

import io.durablesaga.properties.Crash.How;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random plans: a saga, and crashes at places that it will come by. */
final class Plans {
    private static final int MOST_CRASHES = 5;

    private Plans() {}

    /** Where a crash is, before it is known which bodies there are. */
    private record Somewhere(boolean inBody, int place, boolean afterEffect, How how) {}

    static Arbitrary<Plan> any() {
        Arbitrary<Somewhere> somewhere = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.of(false, true),
                        Arbitraries.frequency(
                                Tuple.of(4, How.DIES_BEFORE),
                                Tuple.of(4, How.DIES_AFTER),
                                Tuple.of(2, How.THROTTLED),
                                Tuple.of(2, How.CONNECTION_LOST_BEFORE),
                                Tuple.of(2, How.CONNECTION_LOST_AFTER)))
                .as(Somewhere::new);
        return Combinators.combine(Sagas.any(), somewhere.list().ofMaxSize(MOST_CRASHES))
                .as((saga, places) -> new Plan(saga, crashes(saga, places)));
    }

    private static List<Crash> crashes(SagaSpec saga, List<Somewhere> places) {
        List<Body> bodies = List.copyOf(Model.undisturbed(saga).bodies.keySet());
        List<Crash> crashes = new ArrayList<>();
        for (Somewhere somewhere : places) {
            Crash crash = somewhere.inBody() && !bodies.isEmpty()
                    ? inBody(bodies.get(somewhere.place() % bodies.size()), somewhere.afterEffect(), crashes)
                    : new Crash.AtWrite(1 + somewhere.place() % (2 + bodies.size() * 3 / 4), somewhere.how());
            if (!crashes.contains(crash)) {
                crashes.add(crash);
            }
        }
        return crashes;
    }

    /** A second crash in the same body is in its second run, so that it comes about. */
    private static Crash inBody(Body body, boolean afterEffect, List<Crash> before) {
        long earlier = before.stream()
                .filter(crash ->
                        crash instanceof Crash.InBody inBody && inBody.body().equals(body))
                .count();
        return new Crash.InBody(body, 1 + (int) earlier, afterEffect);
    }
}
