package io.durablesaga.run;

import io.durablesaga.ItemView;
import io.durablesaga.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** One item of a forEach under the key that tells it from the others on every replay. */
record Item(String key, Object value) {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The items in order; throws where the list breaks the rules that the definition promised. */
    static List<Item> list(Node.ForEach node, ItemView<Object, Object> view) {
        List<?> values = node.items().apply(view);
        if (values == null) {
            throw new IllegalStateException("its list is null; return an empty list for no items");
        }
        if (values.size() > node.bound().atMost()) {
            throw new IllegalStateException("its list has " + values.size() + " items, and at most "
                    + node.bound().atMost() + " were declared; raise atMost or split the input");
        }
        List<Item> items = new ArrayList<>(values.size());
        Set<String> keys = new HashSet<>();
        for (Object value : values) {
            String key = value == null ? null : node.itemKey().apply(value);
            if (key == null || !KEY.matcher(key).matches()) {
                throw new IllegalStateException(
                        "the key of item " + items.size()
                                + " is null or not 1 to 64 characters of letters, digits, '.', '_', '-'; keys become part of paths");
            }
            if (!keys.add(key)) {
                throw new IllegalStateException("items " + items.size()
                        + " and an earlier one have the same key; a key must tell an item from all others");
            }
            items.add(new Item(key, value));
        }
        return items;
    }
}
