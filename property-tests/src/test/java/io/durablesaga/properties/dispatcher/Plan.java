package io.durablesaga.properties.dispatcher;

import io.durablesaga.dispatcher.LookUp;
import io.durablesaga.dispatcher.Treatment;
import io.durablesaga.dispatcher.poller.Settings;
import io.durablesaga.properties.dispatcher.Letter.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What is sent, how it is dispatched, and what goes wrong.
 *
 * @param source which event source
 * @param seed of everything
 * @param options how records become executions
 * @param settings of the event source
 * @param letters what is sent, in this order
 * @param faults what goes wrong, call by call, at each place where something can
 */
record Plan(
        Source source,
        long seed,
        Options options,
        Settings settings,
        List<Letter> letters,
        Map<Place, List<Fault>> faults) {
    private static final int LANES = 4;

    /** Where something can go wrong. */
    enum Place {
        START(Fault.OF_STARTS),
        QUESTION(Fault.OF_QUESTIONS),
        DEAD_LETTER(Fault.OF_WRITES),
        GUARD(Fault.OF_WRITES),
        ANSWER(Fault.OF_ANSWERS);

        @SuppressWarnings("ImmutableEnumChecker") // a constant list
        private final List<Fault> faults;

        Place(List<Fault> faults) {
            this.faults = faults;
        }

        List<Fault> faults() {
            return faults;
        }
    }

    /**
     * How records become executions.
     *
     * @param keyed by business key, or by origin
     * @param envelope whether the saga is started on what the source says too
     * @param deadLetters whether there are any
     * @param guard whether there is one
     * @param strict whether shards are started in their order
     * @param concurrency starts at a time
     * @param tries of one start
     * @param lookUp for which executions the engine is asked
     * @param onEnded what is done with records whose execution has failed
     * @param forgetting after how many invocations the engine forgets what it has started
     */
    record Options(
            boolean keyed,
            boolean envelope,
            boolean deadLetters,
            boolean guard,
            boolean strict,
            int concurrency,
            int tries,
            LookUp lookUp,
            Treatment onEnded,
            int forgetting) {}

    /** Always the same one for the same numbers. With fewer letters or faults it has the first of them. */
    static Plan of(Source source, long seed, int letters, int faults) {
        Random random = new Random(seed);
        Options options = options(random);
        Settings settings = new Settings(
                random.nextLong(),
                1 + random.nextInt(8),
                6 + random.nextInt(10),
                random.nextInt(4),
                random.nextBoolean());
        return new Plan(
                source,
                seed,
                options,
                settings,
                letters(source, options.keyed(), letters, new Random(random.nextLong())),
                faults(faults, letters, options, random));
    }

    private static Options options(Random random) {
        boolean keyed = random.nextInt(3) > 0;
        boolean guard = random.nextInt(3) == 0;
        return new Options(
                keyed,
                !keyed && random.nextBoolean(),
                random.nextInt(3) > 0,
                guard,
                random.nextBoolean(),
                pick(List.of(1, 2, 4, 16), random),
                pick(List.of(1, 1, 1, 2, 3), random),
                pick(List.of(LookUp.AGAIN, LookUp.ALWAYS, LookUp.NEVER), random),
                pick(
                        List.of(Treatment.DEAD_LETTER, Treatment.DEAD_LETTER, Treatment.RETURN, Treatment.NEXT_ATTEMPT),
                        random),
                guard ? 2 + random.nextInt(6) : Integer.MAX_VALUE);
    }

    private static List<Letter> letters(Source source, boolean keyed, int count, Random random) {
        int bad = random.nextInt(4);
        int keys = 1 + random.nextInt(Math.max(1, count));
        List<Letter> letters = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Random own = new Random(random.nextLong());
            boolean fine = own.nextInt(12) >= bad;
            Kind kind = fine ? Kind.ORDER : bad(source, keyed, own);
            int key = own.nextInt(keys);
            // large ones, and those that are named by origin, have a number of their own
            String order = keyed && kind == Kind.ORDER ? key(key) : "n" + number;
            int variant = keyed && bad > 0 && own.nextInt(8) == 0 ? 1 : 0;
            String lane = "lane-" + Math.floorMod(order.hashCode(), LANES);
            letters.add(new Letter(number, kind, order, variant, own.nextInt(4), lane));
        }
        return letters;
    }

    private static Kind bad(Source source, boolean keyed, Random random) {
        return random.nextInt(4) == 0 ? Kind.TOO_LARGE : pick(source.poison(keyed), random);
    }

    /** Keys as they stand in names, and others; some that differ little. */
    private static String key(int number) {
        return switch (number % 4) {
            case 0 -> "k" + number;
            case 1 -> "K" + (number - 1);
            case 2 -> "Bestellung/Größe " + number;
            default -> "k--" + number;
        };
    }

    private static Map<Place, List<Fault>> faults(int count, int letters, Options options, Random random) {
        Map<Place, List<Fault>> faults = new EnumMap<>(Place.class);
        for (Place place : Place.values()) {
            Random own = new Random(random.nextLong());
            List<Fault> inTurn = new ArrayList<>();
            for (int call = 0; call < calls(place, count, letters, options); call++) {
                boolean fails = own.nextInt(place == Place.ANSWER ? 4 : 2) == 0;
                Fault fault = pick(place.faults, own);
                inTurn.add(fails ? fault : Fault.NONE);
            }
            faults.put(place, inTurn);
        }
        return faults;
    }

    /** In how many calls something may go wrong: no more than there are likely to be. */
    private static int calls(Place place, int count, int letters, Options options) {
        return switch (place) {
            case START -> Math.min(2 * count, letters);
            case QUESTION ->
                options.lookUp() == LookUp.NEVER && !options.guard() ? 0 : Math.min(count / 3, letters / 3);
            case DEAD_LETTER -> options.deadLetters() ? Math.min(count / 2, letters / 3) : 0;
            case GUARD -> options.guard() ? Math.min(count / 2, letters) : 0;
            case ANSWER -> Math.min(count / 2, letters / 2);
        };
    }

    /** Whether nothing goes wrong, and nothing is wrong with what is sent. */
    boolean isUndisturbed() {
        boolean calm = faults.values().stream().flatMap(List::stream).allMatch(fault -> fault == Fault.NONE);
        return calm && letters.stream().allMatch(letter -> letter.kind() == Kind.ORDER && letter.variant() == 0);
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
