package io.durablesaga.dispatcher.poller;

import java.util.Objects;
import java.util.Optional;

/**
 * What a producer has sent.
 *
 * @param tag what the test calls it, each time another
 * @param lane what records have in common that stay in order: a message group, a partition key, an item
 * @param body what it says, or empty if the record comes without
 */
public record Sent(String tag, String lane, Optional<String> body) {
    /** All parts are required. */
    public Sent {
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(body, "body");
    }
}
