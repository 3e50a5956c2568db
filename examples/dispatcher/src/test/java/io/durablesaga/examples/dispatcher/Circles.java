package io.durablesaga.examples.dispatcher;

import static io.durablesaga.examples.dispatcher.Template.list;
import static io.durablesaga.examples.dispatcher.Template.map;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Resources that need each other before either is there, which CloudFormation refuses. */
final class Circles {
    private static final Pattern IN_TEXT = Pattern.compile("\\$\\{([^}.]+)");

    private Circles() {}

    /**
     * Finds that there are none.
     *
     * @throws IllegalArgumentException naming a resource that waits for itself
     */
    static void none(Template template) {
        Map<String, Set<String>> needs = new TreeMap<>();
        map(template.at("Resources")).forEach((name, resource) -> needs.put(name, needs(resource)));
        for (String start : needs.keySet()) {
            Set<String> seen = new HashSet<>();
            Deque<String> open = new ArrayDeque<>(needs.get(start));
            while (!open.isEmpty()) {
                String next = open.pop();
                if (next.equals(start)) {
                    throw new IllegalArgumentException(start + " waits for itself");
                }
                if (seen.add(next)) {
                    open.addAll(needs.getOrDefault(next, Set.of()));
                }
            }
        }
    }

    /** All names that are referred to below, of resources and of anything else. */
    private static Set<String> needs(Object node) {
        Set<String> found = new TreeSet<>();
        if (node instanceof Map<?, ?>) {
            map(node).forEach((key, value) -> {
                found.addAll(needs(value));
                if (Set.of("Ref", "GetAtt", "DependsOn").contains(key)) {
                    list(value).forEach(name -> found.add(String.valueOf(name).replaceFirst("\\..*", "")));
                } else if (key.equals("Sub")) {
                    IN_TEXT.matcher(String.valueOf(list(value).get(0)))
                            .results()
                            .map((MatchResult result) -> result.group(1))
                            .forEach(found::add);
                }
            });
        } else if (node instanceof Iterable<?> elements) {
            elements.forEach(element -> found.addAll(needs(element)));
        }
        return found;
    }
}
