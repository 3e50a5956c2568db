package io.durablesaga.embedded.kill;

import static io.durablesaga.embedded.kill.Shape.either;
import static io.durablesaga.embedded.kill.Shape.invoke;
import static io.durablesaga.embedded.kill.Shape.kept;
import static io.durablesaga.embedded.kill.Shape.notice;
import static io.durablesaga.embedded.kill.Shape.sequence;
import static io.durablesaga.embedded.kill.Shape.step;
import static io.durablesaga.embedded.kill.Shape.steps;
import static io.durablesaga.embedded.kill.Shape.together;
import static io.durablesaga.embedded.kill.Shape.undoneTogether;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The effects of each of the {@link Sagas}, written down by hand, not read from the definitions that they check. */
final class Shapes {
    private static final Map<String, Shape> BY_SAGA = shapes();

    private Shapes() {}

    /** The shape of the saga of this name. */
    static Shape of(String saga) {
        return BY_SAGA.get(saga);
    }

    private static Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("purchase", sequence(step("reserve"), step("charge"), kept("mail"), step("ship")));
        shapes.put(
                "trip",
                sequence(
                        step("open"),
                        together(
                                step("book/flight"),
                                step("book/hotel"),
                                steps("book/road/car", "book/road/bridge"),
                                step("book/seat")),
                        step("insure")));
        shapes.put(
                "tour",
                sequence(
                        step("open"),
                        undoneTogether(
                                step("crew/guide"), steps("crew/bus/hire", "crew/bus/driver"), step("crew/cook")),
                        undoneTogether(eachOf(Sagas.FOUR, "stops", "room", "meal")),
                        step("print")));
        shapes.put(
                "parcels",
                sequence(
                        sequence(eachOf(Sagas.THREE, "packed", "weigh", "label")),
                        together(eachOf(Sagas.FOUR, "sent", "send")),
                        step("close")));
        shapes.put(
                "approval", sequence(step("draft"), notice("approve"), step("file"), notice("confirm"), step("close")));
        shapes.put(
                "contract",
                sequence(
                        step("reserve"),
                        step("charge"),
                        step("post"),
                        together(step("both/mail"), step("both/book")),
                        together(eachOf(Sagas.THREE, "copies", "print")),
                        notice("receipt"),
                        step("archive")));
        shapes.put(
                "bundle", sequence(step("open"), steps("inside/hold", "inside/take"), invoke("paid"), step("close")));
        shapes.put(
                Repair.NAME,
                sequence(
                        step("collect"),
                        either(step("express/fly"), step("express/drive")),
                        notice("estimate"),
                        step("fix")));
        shapes.put(Sagas.INVOKED, steps("authorise", "capture"));
        return shapes;
    }

    private static Shape[] eachOf(List<String> items, String name, String... steps) {
        return items.stream()
                .map(item -> {
                    List<String> paths = new ArrayList<>();
                    for (String step : steps) {
                        paths.add(name + "[" + item + "]/" + step);
                    }
                    return steps(paths.toArray(String[]::new));
                })
                .toArray(Shape[]::new);
    }
}
