package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import io.durablesaga.idempotency.UndoClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Every order in which contenders for one key can send their requests and have their effect, with a death and with a lease that runs
 * out at every moment, played on the real table. Who takes over looks the effect up first, and a claim decides nothing but by what
 * the store answers.
 */
@ExtendWith(LocalDynamoDb.Extension.class)
class InterleavingTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final AtomicInteger KEYS = new AtomicInteger();

    private static IdempotencyTable table;
    private static DynamoDbClient client;

    @BeforeAll
    static void openTable(LocalDynamoDb local) {
        client = local.withoutWire();
        table = Effects.table(client);
    }

    @Test
    void two_contenders_have_one_effect_in_every_order() {
        long runs = everyOrder(2, 0, 0, Play::oneEffect);

        assertThat(runs).isEqualTo(8);
    }

    @Test
    void three_contenders_have_one_effect_in_every_order() {
        long runs = everyOrder(3, 0, 0, Play::oneEffect);

        assertThat(runs).isEqualTo(150);
    }

    @Test
    void two_contenders_of_whom_one_dies_and_comes_back_have_one_effect_in_every_order() {
        long runs = everyOrder(2, 1, 0, Play::oneEffect);

        assertThat(runs).isEqualTo(136);
    }

    @Test
    void a_second_effect_needs_a_lease_that_ran_out_under_a_live_holder_and_is_never_recorded_beside_the_first() {
        long runs = everyOrder(2, 0, 1, Play::oneResult);

        assertThat(runs).isEqualTo(96);
    }

    @Test
    void with_a_death_and_a_lease_that_runs_out_there_is_still_one_result() {
        long runs = everyOrder(2, 1, 1, Play::oneResult);

        assertThat(runs).isEqualTo(2308);
    }

    @Test
    void an_undo_beside_its_action_leaves_nothing_but_what_was_under_way_and_knows_of_that() {
        long runs = everyOrder(
                play -> {
                    play.contenders.add(play.new Actor("actor"));
                    play.contenders.add(play.new Undoer());
                },
                1,
                0,
                Play::undone);

        assertThat(runs).isEqualTo(168);
    }

    private static long everyOrder(int contenders, int deaths, int leases, Function<Play, String> wrong) {
        return everyOrder(
                play -> IntStream.range(0, contenders).forEach(i -> play.contenders.add(play.new Actor("actor-" + i))),
                deaths,
                leases,
                wrong);
    }

    private static long everyOrder(Consumer<Play> cast, int deaths, int leases, Function<Play, String> wrong) {
        Choices choices = new Choices();
        do {
            Play play = new Play(choices, deaths, leases);
            cast.accept(play);
            play.run();
            assertThat(wrong.apply(play)).as(() -> String.join("\n", play.said)).isEmpty();
        } while (choices.next());
        return choices.runs();
    }

    /** One run. */
    private static final class Play {
        private final Choices choices;
        private final String key = "k" + KEYS.incrementAndGet();
        private final List<Contender> contenders = new ArrayList<>();
        private final List<String> said = new ArrayList<>();
        private final Set<String> results = new TreeSet<>();
        private final List<String> effects = new ArrayList<>();
        private int deaths;
        private int leases;
        private Instant now = Instant.parse("2026-01-02T03:04:05Z");
        private final IdempotencyStore store = DynamoDbIdempotencyStore.over(client, table.clock(() -> now));
        private boolean ranOut;
        private int had;
        private boolean undoKnew;

        Play(Choices choices, int deaths, int leases) {
            this.choices = choices;
            this.deaths = deaths;
            this.leases = leases;
        }

        void run() {
            List<Runnable> options = options();
            while (!options.isEmpty()) {
                options.get(choices.choose(options.size())).run();
                options = options();
            }
        }

        private List<Runnable> options() {
            List<Runnable> options = new ArrayList<>();
            for (Contender contender : contenders) {
                if (contender.canGoOn()) {
                    options.add(contender::goOn);
                }
                if (deaths > 0 && contender.canDie()) {
                    options.add(() -> {
                        deaths--;
                        contender.die();
                    });
                }
            }
            if (leases > 0 && !options.isEmpty()) {
                options.add(() -> {
                    leases--;
                    now = now.plus(LEASE);
                    ranOut = true;
                    said.add("the lease runs out");
                    contenders.forEach(contender -> contender.waits = false);
                });
            }
            return options;
        }

        String oneEffect() {
            return had == 1 && results.size() == 1 ? "" : had + " effects, results " + results;
        }

        String oneResult() {
            boolean once = had == 1 || (had == 2 && ranOut);
            return once && results.size() == 1 ? "" : had + " effects, results " + results;
        }

        String undone() {
            return effects.isEmpty() || undoKnew ? "" : "left: " + effects;
        }

        /** Whoever wants something of the key. What happens between two of its turns, others may do. */
        private abstract class Contender {
            final String name;
            Supplier<Boolean> next = this::begin;
            boolean waits;
            boolean over;

            Contender(String name) {
                this.name = name;
            }

            /** Begins, or begins again; whether it waits for others now. */
            abstract boolean begin();

            boolean canGoOn() {
                return !over && !waits;
            }

            boolean canDie() {
                return !over;
            }

            void goOn() {
                waits = next.get();
                if (!waits) {
                    contenders.stream().filter(other -> other != this).forEach(other -> other.waits = false);
                }
            }

            void die() {
                said.add(name + " dies and comes back");
                next = this::begin;
                waits = false;
            }

            boolean then(Supplier<Boolean> later) {
                next = later;
                return false;
            }

            boolean end(String how) {
                said.add(name + " " + how);
                over = true;
                return false;
            }

            boolean waiting() {
                next = this::begin;
                return true;
            }
        }

        private final class Actor extends Contender {
            Actor(String name) {
                super(name);
            }

            @Override
            boolean begin() {
                Claim claim = store.claim(Request.of(key, name, LEASE));
                said.add(name + " claims: " + claim);
                if (claim instanceof Claim.Granted granted) {
                    return then(() -> effect(granted));
                }
                if (claim instanceof Claim.Completed done) {
                    results.add(done.result());
                    return end("is told the result");
                }
                return claim instanceof Claim.Undone ? end("is too late") : waiting();
            }

            private boolean effect(Claim.Granted granted) {
                if (granted.takenOver() && !effects.isEmpty()) {
                    String found = effects.get(0);
                    return then(() -> complete(granted, found));
                }
                String result = name + " " + ++had;
                effects.add(result);
                said.add(name + " has the effect");
                return then(() -> complete(granted, result));
            }

            private boolean complete(Claim.Granted granted, String result) {
                if (store.complete(granted, result)) {
                    results.add(result);
                    return end("completes " + result);
                }
                return end("has lost its claim");
            }
        }

        private final class Undoer extends Contender {
            Undoer() {
                super("undoer");
            }

            @Override
            boolean begin() {
                UndoClaim claim = store.claimUndo(new UndoRequest(key, "actor", name, LEASE));
                said.add(name + " claims: " + claim);
                if (claim instanceof UndoClaim.Granted granted) {
                    undoKnew |= granted.action() instanceof UndoClaim.Past.Unknown;
                    return then(() -> undo(granted));
                }
                return end("need not undo");
            }

            private boolean undo(UndoClaim.Granted granted) {
                if (granted.action() instanceof UndoClaim.Past.Nothing && !effects.isEmpty()) {
                    throw new AssertionError("told that there is nothing to undo: " + effects);
                }
                effects.clear();
                return then(() -> end(store.complete(granted.claim(), "null") ? "has undone" : "has lost its claim"));
            }
        }
    }
}
