package io.durablesaga.testing.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that goes wrong in one run: what fails for good, and what breaks once. Written as
 * {@code fails-after@ship; crash@effect:charge-card#1; zombie@body:undo:charge-card#1}.
 *
 * @param failures what fails on every attempt
 * @param faults what happens once each, in this order
 */
public record Schedule(List<Failure> failures, List<Injected> faults) {
    /** Nothing goes wrong. */
    public static final Schedule NONE = new Schedule(List.of(), List.of());

    private static final String SEPARATOR = "; ";

    /** Not every semicolon: an item's key may have one. */
    private static final Pattern BETWEEN = Pattern.compile(";\\s*(?=[a-z-]+@)");

    /**
     * A step that does not succeed.
     *
     * @param failing in which way
     * @param step the path of the step, or its name where all items of a forEach are meant, or {@code *} for all steps
     */
    public record Failure(Failing failing, String step) {
        /** Both are required. */
        public Failure {
            Objects.requireNonNull(failing, "failing");
            Objects.requireNonNull(step, "step");
        }

        /** Whether it is about the step at this path. */
        public boolean concerns(String path) {
            return step.equals("*") || path.equals(step) || path.endsWith("/" + step);
        }

        @Override
        public String toString() {
            return failing.text() + "@" + step;
        }
    }

    /**
     * A fault and where it happens.
     *
     * @param fault what happens
     * @param point where
     */
    public record Injected(Fault fault, Point point) {
        /** Refuses what cannot happen there. */
        public Injected {
            if (!fault.happensAt(point.place())) {
                throw new IllegalArgumentException(fault.text() + " cannot happen at " + point);
            }
        }

        @Override
        public String toString() {
            return fault.text() + "@" + point;
        }
    }

    /** Copies both. */
    public Schedule {
        failures = List.copyOf(failures);
        faults = List.copyOf(faults);
    }

    /** Only these failures. */
    public static Schedule failing(Failure... failures) {
        return new Schedule(List.of(failures), List.of());
    }

    /** This, and one more fault after all others. */
    public Schedule then(Fault fault, Point point) {
        List<Injected> more = new ArrayList<>(faults);
        more.add(new Injected(fault, point));
        return new Schedule(failures, more);
    }

    /** Whether one of the faults is this. */
    public boolean has(Fault fault) {
        return faults.stream().anyMatch(injected -> injected.fault() == fault);
    }

    /** How the step at this path fails, of these ways. */
    public Optional<Failing> failing(String path, Failing... ways) {
        List<Failing> wanted = List.of(ways);
        return failures.stream()
                .filter(failure -> wanted.contains(failure.failing()) && failure.concerns(path))
                .map(Failure::failing)
                .findFirst();
    }

    /**
     * Reads what {@link #toString()} writes.
     *
     * @throws IllegalArgumentException naming the part that is no failure and no fault
     */
    public static Schedule parse(String text) {
        List<Failure> failures = new ArrayList<>();
        List<Injected> faults = new ArrayList<>();
        for (String part : BETWEEN.split(text, -1)) {
            String trimmed = part.trim();
            int at = trimmed.indexOf('@');
            if (trimmed.isEmpty()) {
                continue;
            }
            String name = at < 0 ? trimmed : trimmed.substring(0, at);
            String target = trimmed.substring(at + 1);
            Optional<Failing> failing = Stream.of(Failing.values())
                    .filter(way -> way.text().equals(name))
                    .findFirst();
            if (failing.isPresent()) {
                failures.add(new Failure(failing.get(), target));
            } else {
                faults.add(new Injected(fault(name, trimmed), Point.parse(target)));
            }
        }
        return new Schedule(failures, faults);
    }

    private static Fault fault(String name, String part) {
        return Stream.of(Fault.values())
                .filter(fault -> fault.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + part + "' is no part of a schedule: write a fault"
                        + " and where it happens, such as crash@effect:charge-card#1, or a failure and its step, such as"
                        + " fails-after@ship"));
    }

    @Override
    public String toString() {
        return Stream.concat(failures.stream(), faults.stream())
                .map(Object::toString)
                .collect(Collectors.joining(SEPARATOR));
    }
}
