package io.durablesaga.properties;

import io.durablesaga.properties.NodeSpec.Answer;
import io.durablesaga.properties.NodeSpec.ItemsLambda;
import io.durablesaga.properties.NodeSpec.Member;
import io.durablesaga.properties.NodeSpec.Way;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random sagas. What comes first is what a counterexample shrinks to. */
final class Sagas {
    private static final String UNNAMED = "";
    private static final int DEEPEST = 2;

    private Sagas() {}

    static Arbitrary<SagaSpec> any() {
        return sagas(DEEPEST, 5, finals()).map(Names::given);
    }

    private static Arbitrary<SagaSpec> sagas(int depth, int most, Arbitrary<List<NodeSpec>> past) {
        return Combinators.combine(
                        Works.hardlyEver(), nodes(depth).list().ofMinSize(1).ofMaxSize(most), past, Works.hardlyEver())
                .as(SagaSpec::new);
    }

    private static Arbitrary<List<NodeSpec>> finals() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(List.of())),
                Tuple.of(1, FinalSagas.nodes().list().ofMinSize(1).ofMaxSize(3)));
    }

    private static Arbitrary<NodeSpec> nodes(int depth) {
        if (depth == 0) {
            return Arbitraries.frequencyOf(
                    Tuple.of(8, steps()),
                    Tuple.of(1, captures()),
                    Tuple.of(1, sleeps()),
                    Tuple.of(1, polls()),
                    Tuple.of(1, awaits()));
        }
        return Arbitraries.frequencyOf(
                Tuple.of(12, steps()),
                Tuple.of(1, captures()),
                Tuple.of(1, sleeps()),
                Tuple.of(1, polls()),
                Tuple.of(1, awaits()),
                Tuple.of(2, Arbitraries.lazy(() -> parallels(depth - 1))),
                Tuple.of(2, Arbitraries.lazy(() -> eachs(depth - 1))),
                Tuple.of(1, Arbitraries.lazy(() -> whens(depth - 1))),
                Tuple.of(1, Arbitraries.lazy(() -> nesteds(depth - 1))),
                Tuple.of(1, Arbitraries.lazy(() -> invokes(depth - 1))));
    }

    private static Arbitrary<NodeSpec> steps() {
        return Combinators.combine(Works.ofSteps(), Works.rarely(), Works.undos())
                .as((work, replays, undo) -> new NodeSpec.Step(UNNAMED, work, replays, undo));
    }

    private static Arbitrary<NodeSpec> captures() {
        return Works.ofCaptures().map(work -> new NodeSpec.Capture(UNNAMED, work));
    }

    private static Arbitrary<NodeSpec> sleeps() {
        return Arbitraries.integers().between(1, 5).map(seconds -> new NodeSpec.Sleep(UNNAMED, seconds));
    }

    private static Arbitrary<NodeSpec> polls() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 3),
                        Works.rarely(),
                        Arbitraries.of(false, true))
                .as((foundAt, looks, rejects, orElse) -> new NodeSpec.Poll(UNNAMED, foundAt, looks, rejects, orElse));
    }

    private static Arbitrary<NodeSpec> awaits() {
        return Combinators.combine(
                        Works.ofNotifications(),
                        Arbitraries.frequency(
                                Tuple.of(4, Answer.ANSWERED), Tuple.of(1, Answer.FAILED), Tuple.of(2, Answer.NEVER)),
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, true),
                        Works.undos())
                .as((sending, answer, heartbeat, orElse, undo) ->
                        new NodeSpec.Await(UNNAMED, sending, answer, heartbeat, orElse, undo));
    }

    private static Arbitrary<List<NodeSpec>> block(int depth) {
        return nodes(depth).list().ofMinSize(1).ofMaxSize(3);
    }

    private static Arbitrary<NodeSpec> parallels(int depth) {
        Arbitrary<Member> plain = Arbitraries.frequencyOf(Tuple.of(5, steps()), Tuple.of(1, captures()))
                .map(node -> new Member(null, List.of(node)));
        Arbitrary<Member> branch = block(depth).map(nodes -> new Member(UNNAMED, nodes));
        return Combinators.combine(
                        Arbitraries.frequencyOf(Tuple.of(2, plain), Tuple.of(1, branch))
                                .list()
                                .ofMinSize(2)
                                .ofMaxSize(3),
                        Arbitraries.of(false, true))
                .as((members, undoInParallel) -> new NodeSpec.Parallel(UNNAMED, members, undoInParallel));
    }

    private static Arbitrary<NodeSpec> eachs(int depth) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(false, true),
                        Arbitraries.frequency(
                                Tuple.of(20, ItemsLambda.FINE),
                                Tuple.of(1, ItemsLambda.THROWS),
                                Tuple.of(1, ItemsLambda.TOO_MANY)),
                        block(depth))
                .as((items, concurrency, undoInParallel, lambda, body) ->
                        new NodeSpec.Each(UNNAMED, items, concurrency, undoInParallel, lambda, body));
    }

    private static Arbitrary<NodeSpec> whens(int depth) {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(5, Way.THEN), Tuple.of(5, Way.OTHERWISE), Tuple.of(1, Way.THROWS)),
                        block(depth),
                        nodes(depth).list().ofMaxSize(2))
                .as((way, then, otherwise) -> new NodeSpec.When(UNNAMED, way, then, otherwise));
    }

    private static Arbitrary<NodeSpec> nesteds(int depth) {
        return Combinators.combine(Works.hardlyEver(), sagas(depth, 3, Arbitraries.just(List.of())))
                .as((inputThrows, saga) -> new NodeSpec.Nested(UNNAMED, inputThrows, saga));
    }

    private static Arbitrary<NodeSpec> invokes(int depth) {
        return Combinators.combine(Works.hardlyEver(), sagas(depth, 3, finals()), Works.undos())
                .as((payloadThrows, saga, undo) -> new NodeSpec.Invoke(UNNAMED, payloadThrows, saga, undo));
    }
}
