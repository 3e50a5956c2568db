package io.durablesaga.embedded.kill;

import static io.durablesaga.Bound.atMost;
import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.UndoOptions.undoing;
import static io.durablesaga.Within.within;

import com.fasterxml.jackson.core.type.TypeReference;
import io.durablesaga.Action;
import io.durablesaga.ItemScope;
import io.durablesaga.Polling;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.Undo;
import io.durablesaga.UndoOptions;
import io.durablesaga.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sagas that the children run; {@link Shapes} says the same in the oracle's words. Each yields all answers that its steps
 * were given, in any order.
 */
final class Sagas {
    /** The saga that others invoke. */
    static final String INVOKED = "payment";

    private static final TypeReference<List<String>> ANSWERS = new TypeReference<>() {};
    private static final StepKey<String> QUOTE = key("quote");
    private static final StepKey<String> REACHED = key("reached");
    private static final StepKey<String> ACCEPTED = key("accepted");
    static final StepOptions RETRIED = with().retry(Retries.every(Duration.ofMillis(6), 4));
    private static final UndoOptions UNDONE = undoing().retry(Retries.every(Duration.ofMillis(6), 5));
    private static final Duration MOMENT = Duration.ofMillis(15);
    static final List<String> THREE = List.of("a", "b", "c");
    static final List<String> FOUR = List.of("a", "b", "c", "d");

    private final World world;

    Sagas(World world) {
        this.world = world;
    }

    /** What an execution is started with. */
    record Order(int number) {}

    /** The sagas by name; which of them an order takes is drawn from all but the last. */
    List<Saga<Order, List<String>>> all() {
        return List.of(
                purchase(),
                trip(),
                tour(),
                parcels(),
                approval(),
                contract(),
                bundle(),
                new Repair(world).saga(),
                payment());
    }

    private Saga<Order, List<String>> purchase() {
        return saga("purchase")
                .capture(QUOTE, world::quote)
                .step(key("reserve"), s -> world.act("reserve", s, s.result(QUOTE)), undoes("reserve"))
                .step(key("charge"), RETRIED, s -> world.act("charge", s, s.result(QUOTE)), undoes("charge"))
                .step(key("mail"), RETRIED, does("mail"), nothingToUndo("a mail stays sent"))
                .sleep("packing", MOMENT)
                .step(key("ship"), RETRIED, s -> world.act("ship", s, s.result(QUOTE)), undoes("ship"))
                .returning(ANSWERS, s -> answers(s, "reserve", "charge", "mail", "ship"));
    }

    private Saga<Order, List<String>> trip() {
        return saga("trip")
                .step(key("open"), RETRIED, does("open"), undoes("open"))
                .parallel(
                        "book",
                        all -> all.step(key("flight"), RETRIED, does("book/flight"), undoes("book/flight"))
                                .step(key("hotel"), does("book/hotel"), undoes("book/hotel"))
                                .branch(
                                        "road",
                                        road -> road.step(
                                                        key("car"),
                                                        RETRIED,
                                                        does("book/road/car"),
                                                        undoes("book/road/car"))
                                                .sleep("drive", MOMENT)
                                                .step(
                                                        key("bridge"),
                                                        RETRIED,
                                                        does("book/road/bridge"),
                                                        undoes("book/road/bridge")))
                                .step(key("seat"), RETRIED, does("book/seat"), undoes("book/seat")))
                .step(key("insure"), RETRIED, does("insure"), undoes("insure"))
                .returning(ANSWERS, s -> answers(s, "open", "flight", "hotel", "car", "bridge", "seat", "insure"));
    }

    private Saga<Order, List<String>> tour() {
        return saga("tour")
                .step(key("open"), RETRIED, does("open"), undoes("open"))
                .parallel(
                        "crew",
                        all -> all.step(key("guide"), RETRIED, does("crew/guide"), undoes("crew/guide"))
                                .branch(
                                        "bus",
                                        bus -> bus.step(
                                                        key("hire"),
                                                        RETRIED,
                                                        does("crew/bus/hire"),
                                                        undoes("crew/bus/hire"))
                                                .step(
                                                        key("driver"),
                                                        RETRIED,
                                                        does("crew/bus/driver"),
                                                        undoes("crew/bus/driver")))
                                .step(key("cook"), RETRIED, does("crew/cook"), undoes("crew/cook"))
                                .undoInParallel())
                .forEach(
                        "stops",
                        atMost(FOUR.size()).concurrently(2).undoingInParallel(),
                        s -> FOUR,
                        stop -> stop,
                        each -> each.step(key("room"), RETRIED, doesEach("stops", "room"), undoesEach("stops", "room"))
                                .step(key("meal"), RETRIED, doesEach("stops", "meal"), undoesEach("stops", "meal")))
                .step(key("print"), RETRIED, does("print"), undoes("print"))
                .returning(
                        ANSWERS, s -> answers(s, "open", "guide", "hire", "driver", "cook", "room", "meal", "print"));
    }

    private Saga<Order, List<String>> parcels() {
        return saga("parcels")
                .forEach(
                        "packed",
                        atMost(THREE.size()),
                        s -> THREE,
                        parcel -> parcel,
                        each -> each.step(
                                        key("weigh"),
                                        RETRIED,
                                        doesEach("packed", "weigh"),
                                        undoesEach("packed", "weigh"))
                                .step(
                                        key("label"),
                                        RETRIED,
                                        doesEach("packed", "label"),
                                        undoesEach("packed", "label")))
                .forEach(
                        "sent",
                        atMost(FOUR.size()).concurrently(3),
                        s -> FOUR,
                        parcel -> parcel,
                        each -> each.step(key("send"), RETRIED, doesEach("sent", "send"), undoesEach("sent", "send")))
                .step(key("close"), RETRIED, does("close"), undoes("close"))
                .returning(ANSWERS, s -> answers(s, "weigh", "label", "send", "close"));
    }

    private Saga<Order, List<String>> approval() {
        return saga("approval")
                .step(key("draft"), RETRIED, does("draft"), undoes("draft"))
                .await(
                        key("approve"),
                        RETRIED,
                        within(Duration.ofSeconds(3)),
                        (s, id) -> world.send("approve", s, id),
                        undoes("approve"))
                .step(key("file"), RETRIED, does("file"), undoes("file"))
                .poll(REACHED, Polling.every(Duration.ofMillis(8), 5), s -> world.look("reached", s))
                .await(
                        key("confirm"),
                        RETRIED,
                        within(Duration.ofMillis(400)).orElse("nobody"),
                        (s, id) -> world.send("confirm", s, id),
                        undoes("confirm"))
                .step(key("close"), RETRIED, does("close"), undoes("close"))
                .returning(ANSWERS, s -> answers(s, "draft", "approve", "file", "reached", "confirm", "close"));
    }

    private Saga<Order, List<String>> contract() {
        return saga("contract")
                .step(key("reserve"), RETRIED, does("reserve"), undoes("reserve"))
                .step(key("charge"), does("charge"), undoes("charge"))
                .pivot()
                .step(key("post"), RETRIED, s -> world.actFinally("post", s))
                .parallel(
                        "both",
                        all -> all.step(key("mail"), RETRIED, s -> world.actFinally("both/mail", s))
                                .step(key("book"), RETRIED, s -> world.actFinally("both/book", s)))
                .forEach(
                        "copies",
                        atMost(THREE.size()).concurrently(2),
                        s -> THREE,
                        copy -> copy,
                        each -> each.step(
                                key("print"), RETRIED, s -> world.actFinally("copies[" + s.item() + "]/print", s)))
                .poll(
                        ACCEPTED,
                        Polling.every(Duration.ofMillis(8), 5).orElse("never-accepted"),
                        s -> world.look("accepted", s))
                .await(
                        key("receipt"),
                        within(Duration.ofMillis(400)).orElse("nobody"),
                        (s, id) -> world.sendFinally("receipt", s, id))
                .step(key("archive"), RETRIED, s -> world.actFinally("archive", s))
                .returning(
                        ANSWERS,
                        s -> answers(
                                s,
                                "reserve",
                                "charge",
                                "post",
                                "mail",
                                "book",
                                "print",
                                "accepted",
                                "receipt",
                                "archive"));
    }

    private Saga<Order, List<String>> bundle() {
        Saga<Order, List<String>> inside = saga("inside")
                .step(key("hold"), RETRIED, does("inside/hold"), undoes("inside/hold"))
                .sleep("rest", MOMENT)
                .step(key("take"), RETRIED, does("inside/take"), undoes("inside/take"))
                .returning(ANSWERS, s -> answers(s, "hold", "take"));
        StepKey<List<String>> nested = StepKey.of("inside", ANSWERS);
        StepKey<List<String>> paid = StepKey.of("paid", ANSWERS);
        return saga("bundle")
                .step(key("open"), RETRIED, does("open"), undoes("open"))
                .saga(nested, inside, View::input)
                .invoke(paid, INVOKED, View::input, undoes("paid"))
                .step(key("close"), RETRIED, does("close"), undoes("close"))
                .returning(ANSWERS, s -> {
                    List<String> all = answers(s, "open", "close");
                    all.addAll(s.result(nested));
                    all.addAll(s.result(paid));
                    return all;
                });
    }

    private Saga<Order, List<String>> payment() {
        return saga(INVOKED)
                .step(key("authorise"), RETRIED, does("authorise"), undoes("authorise"))
                .sleep("clearing", MOMENT)
                .step(key("capture"), RETRIED, does("capture"), undoes("capture"))
                .returning(ANSWERS, s -> answers(s, "authorise", "capture"));
    }

    private static SagaBuilder<Order> saga(String name) {
        return SagaBuilder.saga(name, Order.class);
    }

    private static StepKey<String> key(String name) {
        return StepKey.of(name, String.class);
    }

    private <S extends Scope<Order>> Action<S, String> does(String path) {
        return s -> world.act(path, s, "-");
    }

    private <S extends Scope<Order>, R> Undo<S, R> undoes(String path) {
        return Undo.undo(UNDONE, (s, effect) -> world.undo(path, s, effect));
    }

    private <S extends ItemScope<Order, String>> Action<S, String> doesEach(String list, String step) {
        return s -> world.act(pathOf(list, s, step), s, "-");
    }

    private <S extends ItemScope<Order, String>, R> Undo<S, R> undoesEach(String list, String step) {
        return Undo.undo(UNDONE, (s, effect) -> world.undo(pathOf(list, s, step), s, effect));
    }

    private static String pathOf(String list, ItemScope<Order, String> s, String step) {
        return list + "[" + s.item() + "]/" + step;
    }

    private static List<String> answers(View<Order> view, String... names) {
        List<String> answers = new ArrayList<>();
        for (String name : names) {
            Optional<String> one = view.find(key(name));
            one.ifPresent(answers::add);
            if (one.isEmpty()) {
                answers.addAll(view.results(key(name)).values());
            }
        }
        return answers;
    }
}
