package io.durablesaga.embedded.kill;

import io.durablesaga.embedded.kill.Entry.Direction;
import io.durablesaga.embedded.kill.Entry.End;
import io.durablesaga.embedded.kill.Entry.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the ledger tells of one execution. */
final class Trail {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Side, List<Attempt>> attempts = new LinkedHashMap<>();

    /** A step, forward or back. */
    record Side(Direction direction, String path) {}

    /** One run of a body; without an end if its process died in it. */
    record Attempt(Entry begin, @Nullable Entry end) {

        boolean ended(End how) {
            return end != null && end.detail().equals(how.name());
        }

        /** Whether it was over when a line was written: it had ended, or another process wrote that line. */
        boolean overBefore(Entry line) {
            return end == null ? begin.process() < line.process() : end.position() < line.position();
        }
    }

    void add(Entry entry) {
        entries.add(entry);
        List<Attempt> ofSide =
                attempts.computeIfAbsent(new Side(entry.direction(), entry.path()), side -> new ArrayList<>());
        if (entry.is(Kind.BEGIN)) {
            ofSide.add(new Attempt(entry, null));
        } else if (entry.is(Kind.END)) {
            ofSide.replaceAll(attempt -> attempt.end() == null
                            && attempt.begin().process() == entry.process()
                            && attempt.begin().attempt() == entry.attempt()
                    ? new Attempt(attempt.begin(), entry)
                    : attempt);
        }
    }

    List<Entry> entries() {
        return entries;
    }

    /** The steps that were attempted, forward and back. */
    Iterable<Side> sides() {
        return attempts.keySet();
    }

    /** The attempts of a step, in order. */
    List<Attempt> attempts(Direction direction, String path) {
        return attempts.getOrDefault(new Side(direction, path), List.of());
    }

    /** All attempts in a direction. */
    List<Attempt> attempts(Direction direction) {
        return attempts.entrySet().stream()
                .filter(side -> side.getKey().direction() == direction)
                .flatMap(side -> side.getValue().stream())
                .toList();
    }

    /** The effects of a step: lines that stand for something that really happened. */
    List<Entry> effects(Direction direction, String path) {
        return entries.stream()
                .filter(entry -> entry.is(Kind.EFFECT))
                .filter(entry -> entry.direction() == direction && entry.path().equals(path))
                .toList();
    }

    /** When the rollback began. */
    Optional<Entry> firstUndo() {
        return entries.stream()
                .filter(entry -> entry.is(Kind.BEGIN) && entry.direction() == Direction.UNDO)
                .findFirst();
    }
}
