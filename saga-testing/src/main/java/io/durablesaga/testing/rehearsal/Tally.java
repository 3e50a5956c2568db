package io.durablesaga.testing.rehearsal;

import io.durablesaga.engine.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What happened to each operation, told by the chronicle alone. Places in time are indexes of events. */
final class Tally {
    private static final int NEVER = -1;
    private static final String UNDO = "undo:";

    private final Map<String, List<Attempt>> bodies = new LinkedHashMap<>();
    private final Map<String, List<Recorded>> records = new LinkedHashMap<>();
    private final Map<String, Integer> landed = new LinkedHashMap<>();
    private final Map<String, Integer> decisions = new LinkedHashMap<>();
    private final List<Duration> times = new ArrayList<>();

    /** One run of a body. */
    static final class Attempt {
        final int began;
        final int incarnation;
        final int number;
        final boolean look;
        final @Nullable String key;
        int effect = NEVER;
        int over = NEVER;

        @Nullable
        Throwable thrown;

        Attempt(int began, Event event) {
            this.began = began;
            this.incarnation = event.incarnation();
            this.number = (Integer) Objects.requireNonNull(event.detail());
            this.look = event.what() == Event.What.LOOKED;
            this.key = event.key();
        }
    }

    /** One durable record. */
    record Recorded(int at, Event.Durable what) {}

    Tally(List<Event> events) {
        for (int at = 0; at < events.size(); at++) {
            Event event = events.get(at);
            times.add(Duration.between(events.get(0).at(), event.at()));
            add(at, event);
        }
    }

    private void add(int at, Event event) {
        switch (event.what()) {
            case BEGAN, LOOKED ->
                bodies.computeIfAbsent(event.operation(), name -> new ArrayList<>())
                        .add(new Attempt(at, event));
            case EFFECT -> attempt(event).effect = at;
            case ANSWERED -> {
                if (event.detail() instanceof Decision) {
                    decisions.put(event.operation(), at);
                }
            }
            case LANDED -> landed.put(event.operation(), at);
            case RETURNED -> attempt(event).over = at;
            case THREW -> {
                Attempt attempt = attempt(event);
                attempt.over = at;
                attempt.thrown = (Throwable) event.detail();
            }
            case RECORDED ->
                records.computeIfAbsent(event.operation(), name -> new ArrayList<>())
                        .add(new Recorded(at, event.durable()));
            default -> {}
        }
    }

    /** The last attempt that this incarnation has begun. */
    private Attempt attempt(Event event) {
        List<Attempt> attempts = attempts(event.operation());
        for (int i = attempts.size() - 1; i >= 0; i--) {
            if (attempts.get(i).incarnation == event.incarnation()) {
                return attempts.get(i);
            }
        }
        throw new IllegalStateException(event + " without a beginning");
    }

    /** All operations with bodies, in the order in which they first began. */
    List<String> operations() {
        return List.copyOf(bodies.keySet());
    }

    /** The paths of the steps with an effect, in the order in which they first began. */
    List<String> steps() {
        return bodies.keySet().stream()
                .filter(operation -> !isUndo(operation) && !attempts(operation).get(0).look)
                .toList();
    }

    /** The undos, in the order in which they first began. */
    List<String> undos() {
        return bodies.keySet().stream().filter(Tally::isUndo).toList();
    }

    List<Attempt> attempts(String operation) {
        return bodies.getOrDefault(operation, List.of());
    }

    List<Recorded> records(String operation) {
        return records.getOrDefault(operation, List.of());
    }

    /** When it first had its effect. */
    OptionalInt firstEffect(String operation) {
        return attempts(operation).stream()
                .mapToInt(attempt -> attempt.effect)
                .filter(at -> at != NEVER)
                .findFirst();
    }

    /** Its first durable outcome. */
    @Nullable
    Recorded outcome(String operation) {
        return records(operation).stream()
                .filter(recorded -> recorded.what().outcome())
                .findFirst()
                .orElse(null);
    }

    /** Effects of superseded incarnations, and when they came. */
    Map<String, Integer> landed() {
        return landed;
    }

    /** All operations of which there are records, in the order of their first ones. */
    List<String> recorded() {
        return List.copyOf(records.keySet());
    }

    /** What a person has decided on last, and when. */
    Map<String, Integer> decisions() {
        return decisions;
    }

    /** How much time had passed by then. */
    Duration time(int at) {
        return times.get(at);
    }

    /** The operation that undoes the step at this path. */
    static String undoOf(String path) {
        return UNDO + path;
    }

    /** The path of what this operation undoes. */
    static String undone(String undo) {
        return undo.substring(UNDO.length());
    }

    static boolean isUndo(String operation) {
        return operation.startsWith(UNDO);
    }

    static boolean over(Attempt attempt, int at) {
        return attempt.over != NEVER && attempt.over < at;
    }
}
