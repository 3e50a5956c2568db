package io.durablesaga.dispatcher;

import java.util.Objects;

/**
 * Where a record stands in the order of its source.
 *
 * @param group what the source goes on with as a whole: once a record of it is returned, those after it come again. A message group,
 *     a shard, a partition; empty for a record that stands alone
 * @param lane whose records are started in their order, within the group: a partition key, or the group itself
 */
public record Sequence(String group, String lane) {
    /** Of a record that stands alone. */
    public static final Sequence NONE = new Sequence("", "");

    /** Both are required. */
    public Sequence {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(lane, "lane");
    }

    /** Strictly in the order of the group. */
    public static Sequence of(String group) {
        return new Sequence(group, "");
    }

    boolean standsAlone() {
        return group.isEmpty();
    }
}
