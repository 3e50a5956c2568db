package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.DeadLetters;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.engine.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Dead letters in an SQS queue, standard or FIFO. A message's body is what the record says, as it was, and its attribute {@code
 * saga-letter} what makes it the same record again: moved to a queue that {@link SqsDispatcher} reads, by SQS's own redrive or
 * otherwise, it starts the same execution, under the same name with the same payload, whichever source it came from first.
 *
 * <p>What could not be read is its body as far as there is anything to show, and cannot be read then either.
 *
 * <p>The record's own attributes are message attributes too, as far as SQS takes them. Whoever may send to a queue may send such an
 * attribute as well, and so choose which name in the dispatcher's scope a message starts.
 *
 * <p>Thread-safe.
 */
public final class SqsDeadLetters implements DeadLetters {
    /** Of a message, with its attributes. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int MOST_ATTRIBUTES = 10;
    private static final String TEXT = "String";

    private final SqsClient sqs;
    private final String queueUrl;

    private SqsDeadLetters(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /**
     * To this queue.
     *
     * @throws IllegalArgumentException if it is no URL
     */
    public static SqsDeadLetters to(SqsClient sqs, String queueUrl) {
        if (!queueUrl.matches("https?://[!-~]+/[!-~]+")) {
            throw new IllegalArgumentException(
                    "'" + queueUrl
                            + "' is no queue's URL; that is what !Ref DeadLetterQueue is in a template, and !GetAtt is its ARN");
        }
        return new SqsDeadLetters(Objects.requireNonNull(sqs, "sqs"), queueUrl);
    }

    /** Refuses what is larger than SQS takes. */
    @Override
    public void take(DeadLetter dead) {
        Letter letter = Letter.of(dead);
        int size = Letter.size(letter.body()) + size(Letter.ATTRIBUTE, letter.header());
        if (size > MOST_BYTES) {
            throw new IllegalArgumentException("a dead letter of " + size + " bytes, and SQS takes " + MOST_BYTES);
        }
        SendMessageRequest.Builder message = SendMessageRequest.builder()
                .queueUrl(queueUrl)
                .messageBody(letter.body())
                .messageAttributes(attributes(dead.record(), letter, MOST_BYTES - size));
        if (queueUrl.endsWith(".fifo")) {
            String id = deduplication(dead, letter);
            message.messageDeduplicationId(id).messageGroupId(group(dead.record(), id));
        }
        sqs.sendMessage(message.build());
    }

    /** The letter's own, and of the record's as many as there is room for. */
    private static Map<String, MessageAttributeValue> attributes(Incoming record, Letter letter, int room) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        attributes.put(Letter.ATTRIBUTE, text(letter.header()));
        int left = room;
        for (Map.Entry<String, String> attribute : record.attributes().entrySet()) {
            String value = attribute.getValue();
            int size = size(attribute.getKey(), value);
            boolean legal = SqsText.isName(attribute.getKey()) && !value.isEmpty() && SqsText.isLegal(value);
            if (legal && size <= left && attributes.size() < MOST_ATTRIBUTES) {
                attributes.putIfAbsent(attribute.getKey(), text(value));
                left -= size;
            }
        }
        return attributes;
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder().dataType(TEXT).stringValue(value).build();
    }

    private static int size(String name, String value) {
        return Letter.size(name) + TEXT.length() + Letter.size(value);
    }

    /**
     * The same for a record that is handed over again, and another when it was sent again and has failed again: by then it has another
     * id. Of records without an id those are the same that say the same.
     */
    private static String deduplication(DeadLetter dead, Letter letter) {
        StringBuilder identity = new StringBuilder(dead.outcome().name());
        dead.name().ifPresent(name -> identity.append("\nname:").append(name));
        dead.kept().origin().ifPresent(origin -> identity.append("\nfirst:").append(text(origin)));
        dead.record()
                .origin()
                .ifPresentOrElse(
                        origin -> identity.append("\nlast:").append(text(origin)),
                        () -> identity.append("\nbody:").append(letter.body()));
        return Sha256.hex(identity.toString());
    }

    private static String text(Origin origin) {
        return origin.kind().length() + ":" + origin.kind() + origin.place().length() + ":" + origin.place()
                + origin.id();
    }

    /** That of the record's order; a record that stands alone is a group of its own. */
    private static String group(Incoming record, String id) {
        String group = record.sequence().group();
        if (group.isEmpty()) {
            return id;
        }
        return SqsText.isGroup(group) ? group : Sha256.hex(group);
    }
}
