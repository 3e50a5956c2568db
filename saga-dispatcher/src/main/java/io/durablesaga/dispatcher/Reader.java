package io.durablesaga.dispatcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Makes of a record the name and the payload that its execution is started with: always the same ones. */
final class Reader {
    private final Dispatch dispatch;

    Reader(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /** What a record's execution is started with. */
    record Read(String name, String payload) {}

    Read read(Incoming incoming) throws PoisonedRecord {
        JsonNode body = body(incoming.content());
        Optional<Origin> origin = incoming.kept().flatMap(Incoming.Kept::origin).or(incoming::origin);
        String name = name(incoming, body, origin);
        return new Read(name, CanonicalJson.write(dispatch.envelope() ? envelope(incoming, origin, body) : body));
    }

    private String name(Incoming incoming, JsonNode body, Optional<Origin> origin) throws PoisonedRecord {
        Optional<String> kept = incoming.kept().flatMap(Incoming.Kept::name).filter(dispatch.names()::isFirst);
        if (kept.isPresent()) {
            return kept.get();
        }
        if (dispatch.key().isPresent()) {
            return dispatch.names().ofKey(key(dispatch.key().get(), new Received(body, incoming.attributes(), origin)));
        }
        return dispatch.names()
                .ofOrigin(origin.orElseThrow(() -> new PoisonedRecord(
                        "its source gives it no id, and no business key is taken from it; say where it has one")));
    }

    /** A key that cannot be taken today cannot be taken tomorrow, for it is always taken from the same. */
    private static String key(BusinessKey businessKey, Received received) throws PoisonedRecord {
        String key;
        try {
            key = businessKey.of(received);
        } catch (RuntimeException e) {
            throw new PoisonedRecord("its business key cannot be taken: " + Seen.of(e));
        }
        if (key == null || key.isEmpty()) {
            String where = businessKey instanceof KeyPlace at ? " at " + at.place() : "";
            throw new PoisonedRecord(
                    "it has no business key" + where + ", or one that is neither text nor a whole number");
        }
        return CanonicalJson.wellFormed(key);
    }

    private JsonNode body(Content content) throws PoisonedRecord {
        if (content instanceof Content.Unreadable unreadable) {
            throw new PoisonedRecord(unreadable.why());
        }
        if (dispatch.body() == BodyForm.BYTES) {
            return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes(content)));
        }
        if (dispatch.body() == BodyForm.TEXT) {
            return TextNode.valueOf(text(content));
        }
        JsonNode whole = content instanceof Content.Tree tree ? tree.tree() : CanonicalJson.read(text(content));
        JsonNode part = whole.at(dispatch.bodyAt());
        if (part.isMissingNode()) {
            throw new PoisonedRecord("its body has nothing at " + dispatch.bodyAt());
        }
        boolean inside = part.isTextual() && !dispatch.bodyAt().matches();
        return inside ? CanonicalJson.read(part.textValue()) : part;
    }

    private static byte[] bytes(Content content) throws PoisonedRecord {
        return content instanceof Content.Bytes bytes
                ? bytes.bytes()
                : text(content).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Content content) throws PoisonedRecord {
        if (content instanceof Content.Text text) {
            return CanonicalJson.wellFormed(text.text());
        }
        if (content instanceof Content.Bytes bytes) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.bytes()))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new PoisonedRecord("its body is no UTF-8; if it is no text, take it as bytes");
            }
        }
        return content instanceof Content.Tree tree ? CanonicalJson.write(tree.tree()) : "";
    }

    private static JsonNode envelope(Incoming incoming, Optional<Origin> origin, JsonNode body) {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        ObjectNode attributes = envelope.putObject("attributes");
        for (Map.Entry<String, String> attribute : incoming.attributes().entrySet()) {
            attributes.put(attribute.getKey(), attribute.getValue());
        }
        envelope.set("body", body);
        origin.ifPresent(from ->
                envelope.put("source", from.kind()).put("place", from.place()).put("id", from.id()));
        return envelope;
    }
}
