package io.durablesaga.lambda.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.Operation;

/**
 * Lists of operations that are handed over in pages. A marker stands for one page of one list, is good until the next list is
 * begun, and for nobody else. Guarded by the store.
 */
final class Pages {
    private final int size;
    private final IntSupplier ids;
    private final Map<String, Page> following = new HashMap<>();

    /** A part of a list, and what stands for the part that follows; null where there is none. */
    record Page(List<Operation> operations, @Nullable String next) {}

    Pages(int size, IntSupplier ids) {
        this.size = size;
        this.ids = ids;
    }

    /** Begins another list; returns its first page. */
    Page begin(List<Operation> all) {
        following.clear();
        int last = all.isEmpty() ? 0 : (all.size() - 1) / size * size;
        Page page = new Page(all.subList(last, all.size()), null);
        for (int from = last - size; from >= 0; from -= size) {
            String marker = "page-" + ids.getAsInt();
            following.put(marker, page);
            page = new Page(all.subList(from, from + size), marker);
        }
        return page;
    }

    /** The page of a marker, or null where the marker stands for none. */
    @Nullable
    Page read(String marker) {
        return following.get(marker);
    }
}
