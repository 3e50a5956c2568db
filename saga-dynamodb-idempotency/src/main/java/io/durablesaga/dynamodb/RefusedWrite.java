package io.durablesaga.dynamodb;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A write of a transaction whose own condition did not hold.
 *
 * @param index in the list that was given
 * @param item that it did not hold of, if the write asks for it; empty if not, or if there is none
 */
public record RefusedWrite(int index, Map<String, AttributeValue> item) {}
