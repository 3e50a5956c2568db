package io.durablesaga.properties;

import io.durablesaga.properties.NodeSpec.Answer;
import io.durablesaga.properties.NodeSpec.ItemsLambda;
import io.durablesaga.properties.NodeSpec.Member;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What random sagas have past their pivot. */
final class FinalSagas {
    private static final String UNNAMED = "";

    private FinalSagas() {}

    static Arbitrary<NodeSpec> nodes() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, steps()),
                Tuple.of(1, captures()),
                Tuple.of(1, Arbitraries.integers().between(1, 5).map(seconds -> new NodeSpec.Sleep(UNNAMED, seconds))),
                Tuple.of(1, polls()),
                Tuple.of(1, awaits()),
                Tuple.of(1, parallels()),
                Tuple.of(1, eachs()));
    }

    private static Arbitrary<NodeSpec> steps() {
        return Combinators.combine(Works.ofFinalSteps(), Works.rarely())
                .as((work, replays) -> new NodeSpec.Step(UNNAMED, work, replays, new UndoSpec.Irreversible()));
    }

    private static Arbitrary<NodeSpec> captures() {
        return Works.ofFinalOnes().map(work -> new NodeSpec.Capture(UNNAMED, work));
    }

    private static Arbitrary<NodeSpec> polls() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 3),
                        Works.rarely())
                .as((foundAt, looks, rejects) -> new NodeSpec.Poll(UNNAMED, foundAt, looks, rejects, true));
    }

    private static Arbitrary<NodeSpec> awaits() {
        return Combinators.combine(
                        Works.ofFinalOnes(),
                        Arbitraries.of(Answer.ANSWERED, Answer.FAILED, Answer.NEVER),
                        Arbitraries.of(false, true))
                .as((sending, answer, heartbeat) ->
                        new NodeSpec.Await(UNNAMED, sending, answer, heartbeat, true, new UndoSpec.Irreversible()));
    }

    private static Arbitrary<NodeSpec> plain() {
        return Arbitraries.frequencyOf(Tuple.of(5, steps()), Tuple.of(1, captures()));
    }

    private static Arbitrary<NodeSpec> parallels() {
        return plain().map(node -> new Member(null, List.of(node)))
                .list()
                .ofMinSize(2)
                .ofMaxSize(3)
                .map(members -> new NodeSpec.Parallel(UNNAMED, members, false));
    }

    private static Arbitrary<NodeSpec> eachs() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.frequency(Tuple.of(20, ItemsLambda.FINE), Tuple.of(1, ItemsLambda.THROWS)),
                        plain().list().ofMinSize(1).ofMaxSize(2))
                .as((items, concurrency, lambda, body) ->
                        new NodeSpec.Each(UNNAMED, items, concurrency, false, lambda, body));
    }
}
