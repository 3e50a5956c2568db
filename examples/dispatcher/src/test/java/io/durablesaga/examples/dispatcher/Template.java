package io.durablesaga.examples.dispatcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A template as it is written, as a tree of maps, lists and plain values; {@code !Ref x} is the map {@code {Ref: x}}, and likewise any
 * other function. Places are paths such as {@code Resources/Orders/Properties}, in which a list's elements go by number.
 *
 * @param file its name
 * @param text all of it
 * @param tree what it says
 */
record Template(String file, String text, Map<String, Object> tree) {
    private static final Path FOLDER = Path.of("");

    /** All there are. */
    static List<Template> all() {
        try (Stream<Path> files = Files.list(FOLDER.toAbsolutePath())) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> read(file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Template read(String file) {
        try {
            String text = Files.readString(FOLDER.resolve(file));
            Node root = new Compose(LoadSettings.builder().build())
                    .composeString(text)
                    .orElseThrow();
            return new Template(file, text, map(value(root)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(Node node) {
        Object content = content(node);
        String tag = node.getTag().getValue();
        return tag.startsWith("!") ? map(tag.substring(1), content) : content;
    }

    private static Object content(Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (NodeTuple entry : mapping.getValue()) {
                map.put(((ScalarNode) entry.getKeyNode()).getValue(), value(entry.getValueNode()));
            }
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(element -> list.add(value(element)));
            return list;
        }
        String text = ((ScalarNode) node).getValue();
        if (node.getTag().equals(Tag.INT)) {
            return Integer.valueOf(text);
        }
        return node.getTag().equals(Tag.BOOL) ? (Object) Boolean.valueOf(text) : text;
    }

    /** The comment at its head, as lines without what makes them comments. */
    List<String> header() {
        return text.lines()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .toList();
    }

    /** What stands at this place, or null. */
    Object at(String path) {
        Object here = tree;
        for (String step : path.split("/", -1)) {
            here = step(here, step);
        }
        return here;
    }

    /** This template with another value at a place. */
    Template with(String path, Object value) {
        return changed(path, (parent, last) -> {
            if (parent instanceof List<?>) {
                list(parent).set(Integer.parseInt(last), value);
            } else {
                map(parent).put(last, value);
            }
        });
    }

    /** This template without what stands at a place. */
    Template without(String path) {
        return changed(path, (parent, last) -> {
            if (parent instanceof List<?>) {
                list(parent).remove(Integer.parseInt(last));
            } else {
                map(parent).remove(last);
            }
        });
    }

    private interface Change {
        void apply(Object parent, String last);
    }

    private Template changed(String path, Change change) {
        Template copy = new Template(file, text, map(copy(tree)));
        int slash = path.lastIndexOf('/');
        change.apply(slash < 0 ? copy.tree : copy.at(path.substring(0, slash)), path.substring(slash + 1));
        return copy;
    }

    private static Object step(Object here, String step) {
        if (here instanceof List<?> list) {
            int index = Integer.parseInt(step);
            return index < list.size() ? list.get(index) : null;
        }
        return here instanceof Map<?, ?> map ? map.get(step) : null;
    }

    private static Object copy(Object value) {
        if (value instanceof Map<?, ?>) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map(value).forEach((key, element) -> copy.put(key, copy(element)));
            return copy;
        }
        return value instanceof List<?> list
                ? new ArrayList<>(list.stream().map(Template::copy).toList())
                : value;
    }

    private static Map<String, Object> map(String key, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    /** What is a map, or nothing. */
    @SuppressWarnings("unchecked") // keys of a template are text
    static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    /** What is a list, or one element, or nothing. */
    @SuppressWarnings("unchecked") // elements of a list are anything
    static List<Object> list(Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> ? (List<Object>) value : List.of(value);
    }

    @Override
    public String toString() {
        return file;
    }
}
