package io.durablesaga.properties;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A body and what becomes of it.
 *
 * @param first what it does
 * @param attempts how many failures end it
 * @param choices what a person says each time it is parked; nothing more where they end
 */
record Work(Behaviour first, int attempts, List<Choice> choices) {
    Work {
        choices = List.copyOf(choices);
    }

    /**
     * What a person says.
     *
     * @param next what the body does from then on, where it is attempted again
     */
    record Choice(Says says, Behaviour next) {
        static final Choice NOTHING = new Choice(Says.NOTHING, Behaviour.FINE);

        @Override
        public String toString() {
            return says == Says.RETRY ? "retry" + next : says.toString().toLowerCase(Locale.ROOT);
        }
    }

    /** In one word. */
    enum Says {
        NOTHING,
        RESOLVED,
        SKIP,
        RETRY
    }

    /** What it does after a person has said "again" this often. */
    Behaviour inRound(int round) {
        return round == 0 ? first : choices.get(round - 1).next();
    }

    /** What a person says after this many times "again". */
    Choice choice(int round) {
        return round < choices.size() ? choices.get(round) : Choice.NOTHING;
    }

    boolean ever(Behaviour.Then then) {
        return first.then() == then
                || choices.stream().anyMatch(choice -> choice.next().then() == then);
    }

    /** The same with numbers that fit together. */
    Work tidy() {
        return new Work(
                first.within(attempts),
                attempts,
                choices.stream()
                        .map(choice -> new Choice(choice.says(), choice.next().within(attempts)))
                        .toList());
    }

    /** The same with failing attempts that have no effect. */
    Work withoutEffect() {
        return new Work(
                first.withoutEffect(),
                attempts,
                choices.stream()
                        .map(choice -> new Choice(choice.says(), choice.next().withoutEffect()))
                        .toList());
    }

    Work attempted(int times) {
        return new Work(first, times, choices).tidy();
    }

    @Override
    public String toString() {
        String said = choices.isEmpty()
                ? ""
                : choices.stream().map(Choice::toString).collect(Collectors.joining(", ", " parked(", ")"));
        return first + (attempts == 1 ? "" : " within " + attempts) + said;
    }
}
