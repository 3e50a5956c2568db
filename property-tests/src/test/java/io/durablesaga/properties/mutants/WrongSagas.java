package io.durablesaga.properties.mutants;

import static io.durablesaga.Undo.undo;
import static io.durablesaga.UndoOptions.undoing;

import io.durablesaga.Retries;
import io.durablesaga.SagaBuilder;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.fault.Failing;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.world.World;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Mistakes that a user can make, each beside how it is done right. */
final class WrongSagas {
    private static final StepKey<String> BOOK = StepKey.of("book", String.class);
    private static final StepKey<String> THEN = StepKey.of("then", String.class);

    private WrongSagas() {}

    static SagaCrashTest<World, String, String> undoReadsField(boolean wrong) {
        return booking(bookings -> {
            Desk desk = new Desk(bookings);
            return new Both(
                    scope -> desk.book(scope.key()),
                    (scope, effect) -> bookings.cancel(wrong ? desk.last() : effect.actionKey()));
        });
    }

    static SagaCrashTest<World, String, String> undoReadsStatic(boolean wrong) {
        return booking(bookings -> new Both(
                scope -> {
                    Remembered.last = scope.key();
                    return bookings.book(scope.key());
                },
                (scope, effect) ->
                        bookings.cancel(wrong ? Objects.requireNonNull(Remembered.last) : effect.actionKey())));
    }

    @SuppressWarnings("StringCaseLocaleUsage") // which is the mistake
    static SagaCrashTest<World, String, String> dependsOnLocale(boolean wrong) {
        return booking(bookings -> new Both(
                scope -> bookings.book(wrong ? "INVOICE".toLowerCase() : "INVOICE".toLowerCase(Locale.ROOT)),
                (scope, effect) ->
                        bookings.cancel(wrong ? "INVOICE".toLowerCase() : "INVOICE".toLowerCase(Locale.ROOT))));
    }

    static SagaCrashTest<World, String, String> dependsOnZone(boolean wrong) {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        return booking(bookings -> new Both(
                scope -> bookings.book(LocalDate.ofInstant(noon, zone(wrong)).toString()),
                (scope, effect) ->
                        bookings.cancel(LocalDate.ofInstant(noon, zone(wrong)).toString())));
    }

    private static ZoneId zone(boolean wrong) {
        return wrong ? ZoneId.systemDefault() : ZoneOffset.UTC;
    }

    /** An undo that counts on what it undoes having happened. */
    static SagaCrashTest<World, String, String> intolerantUndo(boolean wrong) {
        return booking(bookings -> new Both(scope -> bookings.book(scope.key()), (scope, effect) -> {
                    if (wrong || bookings.has(effect.actionKey())) {
                        bookings.cancel(effect.actionKey());
                    }
                }))
                .failing(BOOK, Failing.BEFORE_EFFECT);
    }

    static SagaCrashTest<World, String, String> undoNeedsResult(boolean wrong) {
        return booking(bookings -> new Both(scope -> bookings.book(scope.key()), (scope, effect) -> {
                    String id = wrong ? effect.result().orElseThrow() : effect.actionKey();
                    if (bookings.has(id)) {
                        bookings.cancel(id);
                    }
                }))
                .failing(BOOK, Failing.BEFORE_EFFECT);
    }

    static SagaCrashTest<World, String, String> conditionReadsField(boolean wrong) {
        return test(world -> {
            AtomicInteger looks = new AtomicInteger();
            return saga("condition-reads-field")
                    .step(BOOK, scope -> "done", undone())
                    .when(
                            "even",
                            view -> wrong
                                    ? looks.incrementAndGet() % 2 == 0
                                    : view.input().length() % 2 == 0,
                            held -> held.step(THEN, scope -> "done", undone()));
        });
    }

    static SagaCrashTest<World, String, String> conditionCallsService(boolean wrong) {
        return test(world -> {
            Bookings bookings = world.service(Bookings.class, Kept::new);
            return saga("condition-calls-service")
                    .step(BOOK, scope -> bookings.has("room") ? "taken" : "free", undone())
                    .when(
                            "free",
                            view -> wrong
                                    ? !bookings.has("room")
                                    : view.result(BOOK).equals("free"),
                            held -> held.step(THEN, scope -> "done", undone()));
        });
    }

    /** What it gives back it gives back on every attempt. */
    static SagaCrashTest<AtomicInteger, String, String> undoNotIdempotent(boolean wrong) {
        return SagaCrashTest.of(
                        AtomicInteger::new,
                        (AtomicInteger balance, World world) -> saga("undo-not-idempotent")
                                .step(
                                        BOOK,
                                        scope -> world.apply(scope.key()) ? "paid " + balance.addAndGet(-10) : "paid",
                                        undo((scope, effect) -> {
                                            if (world.apply(scope.key()) || wrong) {
                                                balance.addAndGet(10);
                                            }
                                        }))
                                .step(THEN, scope -> "done", undone())
                                .returning(String.class, view -> view.input()))
                .input("input")
                .observing(AtomicInteger::get)
                .exhaustive(1);
    }

    /** The provider cannot tell a second attempt from another order. */
    static SagaCrashTest<World, String, String> ownKey(boolean wrong) {
        AtomicInteger ids = new AtomicInteger();
        return test(world -> saga("own-key")
                        .step(
                                BOOK,
                                scope -> world.apply(wrong ? "order-" + ids.incrementAndGet() : scope.key())
                                        ? "new"
                                        : "old",
                                undone()))
                .observing(world -> world.applied().keySet().size());
    }

    static SagaCrashTest<World, String, String> needsBarrier(boolean wrong) {
        SagaCrashTest<World, String, String> test = test(world -> saga("needs-barrier")
                        .step(BOOK, scope -> "done", undone())
                        .step(THEN, scope -> "done", undone()))
                .faults(Fault.ZOMBIE);
        return wrong ? test : test.barrier(BOOK, THEN);
    }

    // what they have in common

    private static SagaCrashTest<World, String, String> booking(Booking booking) {
        return test(world -> {
                    Both both = booking.over(world.service(Bookings.class, Kept::new));
                    return saga("booking")
                            .step(BOOK, both.action()::book, undo(undoing().retry(Retries.none()), both.undo()))
                            .step(THEN, scope -> "done", undone());
                })
                .failing(THEN, Failing.BEFORE_EFFECT);
    }

    private static SagaCrashTest<World, String, String> test(Subject subject) {
        return SagaCrashTest.of(world -> subject.of(world).returning(String.class, view -> view.input()))
                .input("input")
                .exhaustive(1);
    }

    private static SagaBuilder<String> saga(String name) {
        return SagaBuilder.saga(name, String.class);
    }

    private static <S> Undo<S, String> undone() {
        return undo((scope, effect) -> {});
    }

    @FunctionalInterface
    private interface Subject {
        SagaBuilder<String> of(World world);
    }

    @FunctionalInterface
    private interface Booking {
        Both over(Bookings bookings);
    }

    /** An action and its undo. */
    private record Both(Act action, Undo.Body<Scope<String>, String> undo) {}

    @FunctionalInterface
    private interface Act {
        String book(Scope<String> scope);
    }

    /** Where bookings are kept, however often its callers crash; what was never booked cannot be cancelled. */
    interface Bookings {
        String book(String id);

        boolean has(String id);

        void cancel(String id);
    }

    private static final class Kept implements Bookings {
        private final Set<String> ids = new HashSet<>();
        private final Set<String> cancelled = new HashSet<>();

        @Override
        public String book(String id) {
            ids.add(id);
            return id;
        }

        @Override
        public boolean has(String id) {
            return ids.contains(id);
        }

        @Override
        public void cancel(String id) {
            if (ids.remove(id)) {
                cancelled.add(id);
            } else if (!cancelled.contains(id)) {
                throw new IllegalStateException("nothing is booked as " + id);
            }
        }
    }

    /** The user's own service object, which holds on to what it should not. */
    private static final class Desk {
        private final Bookings bookings;
        private @Nullable String last;

        Desk(Bookings bookings) {
            this.bookings = bookings;
        }

        String book(String id) {
            last = id;
            return bookings.book(id);
        }

        String last() {
            return Objects.requireNonNull(last, "nothing has been booked here");
        }
    }

    private static final class Remembered {
        private static @Nullable String last;

        private Remembered() {}
    }
}
