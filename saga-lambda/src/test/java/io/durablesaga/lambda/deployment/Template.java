package io.durablesaga.lambda.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A deployment template as a tree of maps, lists and plain values. {@code !Ref x} is the map {@code {Ref: x}}, and likewise
 * {@code !Sub} and {@code !GetAtt}, as in a template that is written in JSON; any other tag is refused. Places are paths such as
 * {@code Resources/Queue/Properties}, in which a list's elements go by number.
 */
record Template(Map<String, Object> tree) {
    private static final Map<Tag, ConstructNode> FUNCTIONS = Stream.of("Ref", "Sub", "GetAtt")
            .collect(Collectors.toMap(
                    name -> new Tag("!" + name), name -> (Node node) -> Map.of(name, ((ScalarNode) node).getValue())));

    static Template read(Path file) throws IOException {
        LoadSettings settings =
                LoadSettings.builder().setTagConstructors(FUNCTIONS).build();
        return new Template(map(new Load(settings).loadFromString(Files.readString(file))));
    }

    /** What stands at this place, or null. */
    Object at(String path) {
        Object here = tree;
        for (String step : path.split("/", -1)) {
            here = step(here, step);
        }
        return here;
    }

    /** The text that stands at this place: the parameter or resource that is referred to, with how, or the value itself. */
    String textAt(String path) {
        return text(at(path));
    }

    static String text(Object value) {
        if (value instanceof Map<?, ?> function && function.size() == 1) {
            Map.Entry<?, ?> only = function.entrySet().iterator().next();
            return only.getKey() + " " + only.getValue();
        }
        return String.valueOf(value);
    }

    /** All resources of this type, by name. */
    Map<String, Object> resources(String type) {
        return map(tree.get("Resources")).entrySet().stream()
                .filter(resource -> type.equals(map(resource.getValue()).get("Type")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** This template with another value at a place. */
    Template with(String path, Object value) {
        return changed(path, (parent, last) -> put(parent, last, value));
    }

    /** This template without what stands at a place. */
    Template without(String path) {
        return changed(path, (parent, last) -> {
            if (parent instanceof List<?> list) {
                list.remove(Integer.parseInt(last));
            } else {
                map(parent).remove(last);
            }
        });
    }

    private interface Change {
        void apply(Object parent, String last);
    }

    private Template changed(String path, Change change) {
        Template copy = new Template(map(copy(tree)));
        int slash = path.lastIndexOf('/');
        change.apply(slash < 0 ? copy.tree : copy.at(path.substring(0, slash)), path.substring(slash + 1));
        return copy;
    }

    @SuppressWarnings("unchecked") // a list of a tree holds anything
    private static void put(Object parent, String last, Object value) {
        if (parent instanceof List<?> list) {
            ((List<Object>) list).set(Integer.parseInt(last), value);
        } else {
            map(parent).put(last, value);
        }
    }

    private static Object step(Object here, String step) {
        if (here instanceof List<?> list) {
            int index = Integer.parseInt(step);
            return index < list.size() ? list.get(index) : null;
        }
        return here instanceof Map<?, ?> map ? map.get(step) : null;
    }

    private static Object copy(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, copy(element)));
            return copy;
        }
        return value instanceof List<?> list
                ? new ArrayList<>(list.stream().map(Template::copy).toList())
                : value;
    }

    @SuppressWarnings("unchecked") // keys of a template are text
    static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    /** One or several, as a template may write it. */
    static List<Object> list(Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list ? List.copyOf(list) : List.of(value);
    }
}
