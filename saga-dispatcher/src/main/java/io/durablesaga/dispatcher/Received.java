package io.durablesaga.dispatcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What a business key can be taken from.
 *
 * @param body what the saga will be started on; not to be changed
 * @param attributes what the source says beside it
 * @param origin where the record comes from
 */
public record Received(JsonNode body, Map<String, String> attributes, Optional<Origin> origin) {}
