package io.durablesaga.properties;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the model stands on one line of control: what it has done, what it can see, and what has ended before. */
final class Line {
    final Expected expected;
    final Facts facts;
    final String execution;
    final String prefix;
    final String tag;
    final Map<String, String> results = new LinkedHashMap<>();
    final Map<String, Map<String, String>> itemResults = new LinkedHashMap<>();
    final List<Done> done;
    final Set<Body> before;
    Optional<Expected.Cause> cause = Optional.empty();

    private Line(Line outer, String execution, String prefix, String tag, List<Done> done) {
        this.expected = outer.expected;
        this.facts = outer.facts;
        this.execution = execution;
        this.prefix = prefix;
        this.tag = tag;
        this.done = done;
        this.before = new LinkedHashSet<>(outer.before);
    }

    Line(Expected expected, Facts facts, String tag) {
        this.expected = expected;
        this.facts = facts;
        this.execution = "";
        this.prefix = "";
        this.tag = tag;
        this.done = new ArrayList<>();
        this.before = new LinkedHashSet<>();
    }

    /** Beside others, with what it does of its own. */
    Line beside(String inside, String itemTag) {
        return new Line(this, execution, prefix + inside, itemTag, new ArrayList<>());
    }

    /** Another saga on the same line, which sees nothing of this one. */
    Line nested(String inside) {
        return new Line(this, execution, prefix + inside, tag, done);
    }

    /** Another execution. */
    Line invoked(String name) {
        return new Line(this, execution + prefix + name + ">", "", tag, new ArrayList<>());
    }

    String path(String name) {
        return prefix + name;
    }

    Body forward(String name) {
        return Body.forward(execution + prefix + name);
    }

    void record(String operation) {
        expected.record(execution, operation);
    }

    /** A body runs, after all that ended before on this line. */
    void runs(Body body, Behaviour.Applied applied) {
        expected.bodies.put(body, applied);
        expected.before.computeIfAbsent(body, b -> Set.copyOf(before));
        before.add(body);
    }

    /** A body runs that has no effect. */
    void reads(Body body) {
        expected.reading.add(body);
        runs(body, Behaviour.Applied.NO);
    }

    void merge(Line branch) {
        results.putAll(branch.results);
        branch.itemResults.forEach((name, byItem) ->
                itemResults.computeIfAbsent(name, n -> new LinkedHashMap<>()).putAll(byItem));
        before.addAll(branch.before);
    }

    void mergeItem(String item, Line ofItem) {
        ofItem.results.forEach((name, value) ->
                itemResults.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(item, value));
        ofItem.itemResults.forEach((name, byItem) -> byItem.forEach((inner, value) ->
                itemResults.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(item + "/" + inner, value)));
        before.addAll(ofItem.before);
    }
}
