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
        return number(settings.atAttribute()).orElse(Long.MIN_VALUE);
    }

    /** How long whoever stamped it keeps stamps. */
    Duration keep() {
        return number(settings.keepAttribute()).map(Duration::ofMillis).orElse(settings.keep());
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

    private Optional<Long> number(String attribute) {
        return Optional.ofNullable(item.get(attribute)).map(AttributeValue::n).map(Long::parseLong);
    }
}
