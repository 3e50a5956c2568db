package io.durablesaga.dynamodb;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the stamps on an item say.
 *
 * @param settings where they stand
 * @param item its attributes; none if there is no item
 */
record StampedItem(StampSettings settings, Map<String, AttributeValue> item) {
    boolean has(String stamp) {
        return StampSettings.slots().anyMatch(slot -> stamps(slot).contains(stamp));
    }

    /** The latest generation that has written, before all others if none has. */
    long generation() {
        return mark().map(mark -> Long.parseLong(mark[1])).orElse(Long.MIN_VALUE);
    }

    /** How long whoever stamped it keeps stamps. */
    Duration keep() {
        return mark().map(mark -> Duration.ofMillis(Long.parseLong(mark[0]))).orElse(settings.keep());
    }

    /** How many stamps are in the slot of this generation. */
    int size(long generation) {
        return stamps(StampSettings.slot(generation)).size();
    }

    /** The item as its user knows it. */
    Map<String, AttributeValue> plain() {
        Map<String, AttributeValue> plain = new HashMap<>(item);
        settings.attributes().forEach(plain::remove);
        return Map.copyOf(plain);
    }

    private List<String> stamps(int slot) {
        return Optional.ofNullable(item.get(settings.slotAttribute(slot)))
                .map(AttributeValue::ss)
                .orElse(List.of());
    }

    private Optional<String[]> mark() {
        return Optional.ofNullable(item.get(settings.atAttribute()))
                .map(AttributeValue::s)
                .map(mark -> mark.split("/", 2));
    }
}
