package io.durablesaga.embedded.kill;

import static io.durablesaga.UndoOptions.undoing;
import static io.durablesaga.Within.within;

import com.fasterxml.jackson.core.type.TypeReference;
import io.durablesaga.Action;
import io.durablesaga.Parking;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.View;
import io.durablesaga.embedded.kill.Sagas.Order;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A saga with a branch that depends on a value of the process that was first to draw it, a callback that is kept alive, attempts
 * that take too long, and undos that are parked for a person.
 */
final class Repair {
    static final String NAME = "repair";

    private static final StepKey<String> QUOTE = key("quote");
    private static final StepKey<String> COLLECT = key("collect");
    private static final StepKey<String> FLY = key("fly");
    private static final StepKey<String> DRIVE = key("drive");
    private static final StepKey<String> ESTIMATE = key("estimate");
    private static final StepKey<String> FIX = key("fix");
    private static final Duration LONGEST_ATTEMPT = Duration.ofMillis(40);
    private static final Duration LONGEST_SILENCE = Duration.ofMillis(150);

    private final World world;

    Repair(World world) {
        this.world = world;
    }

    Saga<Order, List<String>> saga() {
        return SagaBuilder.saga(NAME, Order.class)
                .capture(QUOTE, world::quote)
                .step(COLLECT, Sagas.RETRIED, s -> world.act("collect", s, "-"), parks("collect"))
                .when(
                        "express",
                        s -> s.result(QUOTE).hashCode() % 2 == 0,
                        express -> express.step(FLY, Sagas.RETRIED, handedOn("express/fly"), parks("express/fly")),
                        slow -> slow.step(DRIVE, Sagas.RETRIED, handedOn("express/drive"), parks("express/drive")))
                .await(
                        ESTIMATE,
                        Sagas.RETRIED,
                        within(Duration.ofSeconds(3)).heartbeat(LONGEST_SILENCE),
                        (s, id) -> world.send("estimate", s, id),
                        parks("estimate"))
                .step(FIX, Sagas.RETRIED.timeout(LONGEST_ATTEMPT), s -> world.actInTime("fix", s), parks("fix"))
                .returning(new TypeReference<List<String>>() {}, Repair::answers);
    }

    /** A step that is handed what was captured. */
    private <S extends Scope<Order>> Action<S, String> handedOn(String path) {
        return s -> world.act(path, s, s.result(QUOTE));
    }

    private <S extends Scope<Order>, R> Undo<S, R> parks(String path) {
        return Undo.undo(
                undoing().retry(Retries.every(Duration.ofMillis(6), 2)).onStuck(Parking.park(Duration.ofMillis(400))),
                (s, effect) -> world.undoOrPark(path, s, effect));
    }

    private static List<String> answers(View<Order> view) {
        return Stream.of(COLLECT, FLY, DRIVE, ESTIMATE, FIX)
                .map(view::find)
                .flatMap(Optional::stream)
                .toList();
    }

    private static StepKey<String> key(String name) {
        return StepKey.of(name, String.class);
    }
}
