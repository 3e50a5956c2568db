package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.dispatcher.Decision;
import java.util.List;
import java.util.function.BiFunction;

/** A source whose events have a list of records. */
abstract class RecordsSource implements EventSource {
    private final EventKind kind;
    private final BiFunction<List<Delivery>, List<Decision>, JsonNode> answer;

    /** @param answer how it is told which records it is to deliver again */
    RecordsSource(EventKind kind, BiFunction<List<Delivery>, List<Decision>, JsonNode> answer) {
        this.kind = kind;
        this.answer = answer;
    }

    @Override
    public final EventKind kind() {
        return kind;
    }

    @Override
    public final List<Delivery> deliveries(JsonNode event) {
        return kind.records(event).stream().map(this::delivery).toList();
    }

    @Override
    public final JsonNode answer(List<Delivery> deliveries, List<Decision> decisions) {
        return answer.apply(deliveries, decisions);
    }

    /** One of its records, which may be anything. */
    abstract Delivery delivery(JsonNode record);
}
