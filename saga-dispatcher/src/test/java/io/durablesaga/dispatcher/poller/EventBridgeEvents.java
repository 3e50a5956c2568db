package io.durablesaga.dispatcher.poller;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Events as EventBridge writes them; one without a body has a detail that is null. */
final class EventBridgeEvents implements AsynchronousPoller.Writer {
    @Override
    public ObjectNode event(List<Sent> records) {
        Sent sent = records.get(0);
        ObjectNode event = Json.object();
        event.put("version", "0");
        event.put("id", "event-" + sent.tag());
        event.put("detail-type", "Order Placed");
        event.put("source", "shop");
        event.put("account", "123456789012");
        event.put("time", "2026-01-01T00:00:00Z");
        event.put("region", "eu-west-1");
        event.putArray("resources");
        event.set("detail", sent.body().map(Json::read).orElse(NullNode.getInstance()));
        return event;
    }

    @Override
    public String origin(Sent record) {
        return "123456789012:eu-west-1:shop event-" + record.tag();
    }
}
