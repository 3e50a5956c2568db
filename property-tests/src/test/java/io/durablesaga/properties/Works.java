package io.durablesaga.properties;

import io.durablesaga.properties.Behaviour.Then;
import io.durablesaga.properties.Work.Choice;
import io.durablesaga.properties.Work.Says;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random bodies and undos. What comes first is what a counterexample shrinks to. */
final class Works {
    private static final int FINE_TO_BAD = 6;

    private Works() {}

    /** Of steps before the pivot. */
    static Arbitrary<Work> ofSteps() {
        return works(behaviours(Then.FAILS, Then.REJECTS, Then.DECLINES, Then.YIELDS_TOO_MUCH), attempts(), never());
    }

    /** Of captures before the pivot. */
    static Arbitrary<Work> ofCaptures() {
        return works(behaviours(Then.FAILS, Then.REJECTS, Then.DECLINES), attempts(), never());
    }

    /** Of notifications, which yield nothing. */
    static Arbitrary<Work> ofNotifications() {
        return works(behaviours(Then.FAILS, Then.REJECTS, Then.DECLINES), attempts(), never());
    }

    /** Of steps past the pivot. */
    static Arbitrary<Work> ofFinalSteps() {
        Arbitrary<Behaviour> behaviours = behaviours(Then.FAILS, Then.REJECTS, Then.DECLINES, Then.YIELDS_TOO_MUCH);
        return works(behaviours, attempts(), choices(behaviours));
    }

    /** Of captures and notifications past the pivot, which take no options. */
    static Arbitrary<Work> ofFinalOnes() {
        Arbitrary<Behaviour> behaviours = behaviours(Then.FAILS, Then.REJECTS);
        return works(behaviours, Arbitraries.just(1), choices(behaviours));
    }

    static Arbitrary<UndoSpec> undos() {
        Arbitrary<Behaviour> behaviours = behaviours(Then.FAILS, Then.REJECTS);
        Arbitrary<UndoSpec> by = Combinators.combine(
                        works(behaviours, attempts(), choices(behaviours)), rarely(), rarely(), rarely())
                .as(UndoSpec.By::new);
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(UndoSpec.By.FINE)),
                Tuple.of(4, by),
                Tuple.of(1, Arbitraries.just(new UndoSpec.Nothing())),
                Tuple.of(1, Arbitraries.just(new UndoSpec.Irreversible())));
    }

    static Arbitrary<Boolean> rarely() {
        return Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true));
    }

    static Arbitrary<Boolean> hardlyEver() {
        return Arbitraries.frequency(Tuple.of(24, false), Tuple.of(1, true));
    }

    private static Arbitrary<Work> works(
            Arbitrary<Behaviour> behaviours, Arbitrary<Integer> attempts, Arbitrary<List<Choice>> choices) {
        return Combinators.combine(behaviours, attempts, choices).as(Work::new);
    }

    private static Arbitrary<Behaviour> behaviours(Then... bad) {
        Arbitrary<Then> then = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(Then.FINE)), Tuple.of(bad.length, Arbitraries.of(bad)));
        Arbitrary<Behaviour> any = Combinators.combine(
                        Arbitraries.integers().between(0, 2), Arbitraries.of(false, true), then)
                .as(Behaviour::new);
        return Arbitraries.frequencyOf(Tuple.of(FINE_TO_BAD, Arbitraries.just(Behaviour.FINE)), Tuple.of(1, any));
    }

    private static Arbitrary<Integer> attempts() {
        return Arbitraries.frequency(Tuple.of(3, 1), Tuple.of(2, 2), Tuple.of(1, 3));
    }

    private static Arbitrary<List<Choice>> never() {
        return Arbitraries.just(List.of());
    }

    /** What people say; what is never asked for is not printed. */
    private static Arbitrary<List<Choice>> choices(Arbitrary<Behaviour> behaviours) {
        Arbitrary<Choice> choice = Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(1, Says.NOTHING),
                                Tuple.of(2, Says.RESOLVED),
                                Tuple.of(2, Says.SKIP),
                                Tuple.of(3, Says.RETRY)),
                        behaviours)
                .as(Choice::new);
        return choice.list().ofMaxSize(3);
    }
}
