package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.DeadLetters.DeadLetter;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.Incoming.Kept;
import io.durablesaga.dispatcher.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A dead letter as a message: the record's own content as its body, and beside it, in one attribute, all that makes it start the same
 * execution with the same payload when it is sent again. This format is stable.
 *
 * <p>The attribute is JSON: {@code v} is 1; {@code name} and {@code origin} as far as there are any; {@code outcome} and {@code detail}
 * for whoever looks at it; {@code attributes}; {@code content} is {@code text}, {@code bytes}, {@code tree} or {@code unreadable}; {@code
 * body} says how the message's body holds it: {@code plain}, {@code json} (a JSON text), {@code base64}.
 *
 * @param body of the message
 * @param header the attribute
 */
record Letter(String body, String header) {
    /** The message attribute. */
    static final String ATTRIBUTE = "saga-letter";

    private static final int VERSION = 1;
    private static final int LONGEST_DETAIL = 1_000;

    /**
     * What was a dead letter.
     *
     * @param kept what it was called
     * @param content what it said
     * @param attributes what its source said beside it
     */
    record Opened(Kept kept, Content content, Map<String, String> attributes) {}

    private record Body(String content, String form, String text) {}

    static Letter of(DeadLetter dead) {
        Body body = body(dead.record().content());
        ObjectNode header = JsonNodeFactory.instance.objectNode().put("v", VERSION);
        Kept kept = dead.kept();
        kept.name().ifPresent(name -> header.put("name", name));
        kept.origin()
                .ifPresent(origin -> header.putObject("origin")
                        .put("kind", origin.kind())
                        .put("place", origin.place())
                        .put("id", origin.id()));
        header.put("outcome", dead.outcome().name());
        header.put("detail", cut(dead.detail()));
        header.put("content", body.content()).put("body", body.form());
        if (dead.record().content() instanceof Content.Unreadable unreadable) {
            header.put("why", unreadable.why());
        }
        ObjectNode attributes = header.putObject("attributes");
        dead.record().attributes().forEach(attributes::put);
        return new Letter(body.text(), EventJson.text(header));
    }

    private static Body body(Content content) {
        if (content instanceof Content.Text text) {
            return text("text", text.text());
        }
        if (content instanceof Content.Bytes bytes) {
            // bytes that are text mean the same as the text, and people can read it
            return Fields.utf8(bytes.bytes())
                    .map(text -> text("text", text))
                    .orElseGet(() ->
                            new Body("bytes", "base64", Base64.getEncoder().encodeToString(bytes.bytes())));
        }
        if (content instanceof Content.Tree tree) {
            return new Body("tree", "json", EventJson.text(tree.tree()));
        }
        return text("unreadable", ((Content.Unreadable) content).raw());
    }

    /** As it is, or, where a message cannot hold it, as a JSON string, in ASCII. */
    private static Body text(String content, String text) {
        return !text.isEmpty() && SqsText.isLegal(text)
                ? new Body(content, "plain", text)
                : new Body(content, "json", EventJson.text(JsonNodeFactory.instance.textNode(text)));
    }

    /** Opens one, or empty if it is none. */
    static Optional<Opened> open(String header, String body) {
        try {
            JsonNode read = EventJson.read(header);
            Optional<Content> content = content(read, body);
            if (read.path("v").asInt() != VERSION || content.isEmpty()) {
                return Optional.empty();
            }
            JsonNode from = read.path("origin");
            Optional<Origin> origin = Fields.text(from, "id")
                    .map(id -> new Origin(
                            from.path("kind").asText(""), from.path("place").asText(""), id));
            Map<String, String> attributes =
                    Fields.attributes(read.path("attributes"), (name, value) -> Optional.ofNullable(value.textValue()));
            return Optional.of(new Opened(new Kept(Fields.text(read, "name"), origin), content.get(), attributes));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Content> content(JsonNode header, String body) throws JsonProcessingException {
        String form = header.path("body").asText("");
        return switch (header.path("content").asText("")) {
            case "text" -> read(form, body).map(Content.Text::new);
            case "bytes" ->
                form.equals("base64")
                        ? Fields.base64(JsonNodeFactory.instance.textNode(body)).map(Content.Bytes::new)
                        : Optional.empty();
            case "tree" -> form.equals("json") ? Optional.of(new Content.Tree(EventJson.read(body))) : Optional.empty();
            case "unreadable" ->
                read(form, body)
                        .map(raw ->
                                new Content.Unreadable(cut(header.path("why").asText("")), raw));
            default -> Optional.empty();
        };
    }

    private static Optional<String> read(String form, String body) throws JsonProcessingException {
        return switch (form) {
            case "plain" -> Optional.of(body);
            case "json" -> Optional.ofNullable(EventJson.read(body).textValue());
            default -> Optional.empty();
        };
    }

    /** It goes into logs, and whoever sends a letter of their own says what. */
    private static String cut(String detail) {
        return detail.substring(0, Math.min(LONGEST_DETAIL, detail.length()));
    }

    /** How many bytes of UTF-8 it has. */
    static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The record under what it was called as a dead letter. */
    static Incoming reopened(Incoming message, Opened opened) {
        return new Incoming(
                message.origin(),
                message.sequence(),
                message.arrival(),
                opened.content(),
                opened.attributes(),
                Optional.of(opened.kept()));
    }
}
