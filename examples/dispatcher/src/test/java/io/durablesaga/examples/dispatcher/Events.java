package io.durablesaga.examples.dispatcher;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Events as the sources send them, each with one order under the number 4711. */
final class Events {
    /** What it says, with its number. */
    static final String ORDER =
            "{\"orderId\":\"4711\",\"item\":\"espresso cup\",\"quantity\":2,\"total\":\"58.00 EUR\","
                    + "\"card\":\"card-7\",\"address\":\"1 Harbour Street\"}";

    /** Of S3, where the saga is started on what S3 tells. */
    static final String KEY = "2026/4711.json";

    static final String TIME = "2026-03-02T06:00:00Z";

    private Events() {}

    static String of(Source source) {
        return switch (source) {
            case SQS -> queued("", "");
            case SQS_FIFO -> queued(".fifo", ",\"MessageGroupId\":\"shop\"");
            case KINESIS -> """
                {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"4711","sequenceNumber":"4954","data":"%s",
                "approximateArrivalTimestamp":1772431200.1},"eventSource":"aws:kinesis","eventVersion":"1.0",
                "eventID":"shardId-000000000000:4954","eventName":"aws:kinesis:record","awsRegion":"eu-west-1",
                "eventSourceARN":"arn:aws:kinesis:eu-west-1:111122223333:stream/orders"}]}""".formatted(base64(ORDER));
            case DYNAMODB -> """
                {"Records":[{"eventID":"1","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb",
                "awsRegion":"eu-west-1","dynamodb":{"Keys":{"orderId":{"S":"4711"}},"NewImage":{"orderId":{"S":"4711"},
                "item":{"S":"espresso cup"},"quantity":{"N":"2"},"total":{"S":"58.00 EUR"},"card":{"S":"card-7"},
                "address":{"S":"1 Harbour Street"}},"SequenceNumber":"111","SizeBytes":99,"StreamViewType":"NEW_IMAGE"},
                "eventSourceARN":"arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-03-01T00:00:00.000"}]}""";
            case MSK ->
                polled("\"eventSource\":\"aws:kafka\",\"eventSourceArn\":\"" + Stack.PARAMETERS.get("Cluster") + "\"");
            case KAFKA -> polled("\"eventSource\":\"SelfManagedKafka\"");
            case EVENTBRIDGE -> """
                {"version":"0","id":"6a7e","detail-type":"Order Placed","source":"shop","account":"111122223333","time":"%s",
                "region":"eu-west-1","resources":[],"detail":%s}""".formatted(TIME, ORDER);
            case SCHEDULER ->
                Stack.of(Template.read(source.file))
                        .textAt("StandingOrder", "Target/Input")
                        .replace("<aws.scheduler.scheduled-time>", TIME);
            case SNS -> """
                {"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","EventSubscriptionArn":"arn:aws:sns:eu-west-1:1:orders:1",
                "Sns":{"Type":"Notification","MessageId":"95df","TopicArn":"arn:aws:sns:eu-west-1:111122223333:orders",
                "Subject":null,"Message":%s,"Timestamp":"%s","MessageAttributes":{}}}]}""".formatted(quoted(ORDER), TIME);
            case S3 -> """
                {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"%s",
                "eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0","configurationId":"1","bucket":{
                "name":"shop-orders","arn":"arn:aws:s3:::shop-orders"},"object":{"key":"%s","size":99,"eTag":"d41d",
                "sequencer":"0055AED6DCD90281E5"}}}]}""".formatted(TIME, KEY);
        };
    }

    private static String queued(String suffix, String attributes) {
        return """
                {"Records":[{"messageId":"059f","receiptHandle":"AQEB","body":%s,"attributes":{"ApproximateReceiveCount":"1",
                "SentTimestamp":"1772431200000"%s},"messageAttributes":{},"eventSource":"aws:sqs",
                "eventSourceARN":"arn:aws:sqs:eu-west-1:111122223333:orders%s","awsRegion":"eu-west-1"}]}""".formatted(quoted(ORDER), attributes, suffix);
    }

    private static String polled(String source) {
        return """
                {%s,"bootstrapServers":"one.kafka.example:9096","records":{"orders-0":[{"topic":"orders","partition":0,
                "offset":15,"timestamp":1772431200000,"timestampType":"CREATE_TIME","key":"%s","value":"%s","headers":[]}]}}""".formatted(source, base64("4711"), base64(ORDER));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
