package io.durablesaga.dispatcher.report;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Events of an SQS queue, each of orders that no event had before. */
final class QueueEvents {
    private static final AtomicInteger ORDERS = new AtomicInteger();

    private QueueEvents() {}

    /** What an order says: about 200 bytes. */
    static String order(String number) {
        return "{\"orderId\":\"" + number
                + "\",\"card\":\"4000-0000-0000-0002\",\"lines\":[{\"item\":\"cup\",\"count\":2},"
                + "{\"item\":\"plate\",\"count\":6}],\"total\":4210,\"address\":\"1 Harbour Street, Springfield\"}";
    }

    static String nextOrder() {
        return "n" + ORDERS.incrementAndGet();
    }

    /** One event of so many messages. */
    static byte[] of(int messages) {
        return IntStream.range(0, messages)
                .mapToObj(message -> message(nextOrder()))
                .collect(Collectors.joining(",", "{\"Records\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String message(String order) {
        return """
                {"messageId":"%s","receiptHandle":"AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a","body":"%s",
                "attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1545082649183",
                "SenderId":"AIDAIENQZJOLO23YVJ4VO","ApproximateFirstReceiveTimestamp":"1545082649185"},
                "messageAttributes":{},"md5OfBody":"098f6bcd4621d373cade4e832627b4f6","eventSource":"aws:sqs",
                "eventSourceARN":"arn:aws:sqs:eu-west-1:123456789012:orders","awsRegion":"eu-west-1"}""".formatted("id-of-" + order, order(order).replace("\"", "\\\""));
    }
}
