package io.durablesaga.examples.dispatcher;

import io.durablesaga.dispatcher.lambda.DynamoDbStreamDispatcher;
import io.durablesaga.dispatcher.lambda.EventBridgeDispatcher;
import io.durablesaga.dispatcher.lambda.KafkaDispatcher;
import io.durablesaga.dispatcher.lambda.KinesisDispatcher;
import io.durablesaga.dispatcher.lambda.S3Dispatcher;
import io.durablesaga.dispatcher.lambda.SnsDispatcher;
import io.durablesaga.dispatcher.lambda.SqsDispatcher;
import java.util.Arrays;
import java.util.Set;

/** What a template is for, and what it takes to read from there. */
@SuppressWarnings("ImmutableEnumChecker") // sets of Set.of are
enum Source {
    SQS("sqs.yaml", SqsDispatcher.class, Delivery.QUEUE, Reads.QUEUE),
    SQS_FIFO("sqs-fifo.yaml", SqsDispatcher.class, Delivery.QUEUE, Reads.QUEUE),
    KINESIS(
            "kinesis.yaml",
            KinesisDispatcher.class,
            Delivery.STREAM,
            Set.of(
                    "kinesis:DescribeStream on <Orders.Arn>",
                    "kinesis:DescribeStreamSummary on <Orders.Arn>",
                    "kinesis:GetRecords on <Orders.Arn>",
                    "kinesis:GetShardIterator on <Orders.Arn>",
                    "kinesis:ListShards on <Orders.Arn>")),
    DYNAMODB(
            "dynamodb-streams.yaml",
            DynamoDbStreamDispatcher.class,
            Delivery.STREAM,
            Set.of(
                    "dynamodb:DescribeStream on <Orders.StreamArn>",
                    "dynamodb:GetRecords on <Orders.StreamArn>",
                    "dynamodb:GetShardIterator on <Orders.StreamArn>",
                    "dynamodb:ListStreams on *")),
    MSK(
            "kafka-msk.yaml",
            KafkaDispatcher.class,
            Delivery.TOPIC,
            Set.of(
                    "kafka:DescribeCluster on " + Reads.KAFKA + "cluster/shop/5e4d-8f",
                    "kafka:DescribeClusterV2 on " + Reads.KAFKA + "cluster/shop/5e4d-8f",
                    "kafka:GetBootstrapBrokers on *",
                    "kafka-cluster:Connect on " + Reads.KAFKA + "cluster/shop/5e4d-8f",
                    "kafka-cluster:DescribeClusterDynamicConfiguration on " + Reads.KAFKA + "cluster/shop/5e4d-8f",
                    "kafka-cluster:DescribeTopic on " + Reads.KAFKA + "topic/shop/5e4d-8f/orders",
                    "kafka-cluster:ReadData on " + Reads.KAFKA + "topic/shop/5e4d-8f/orders",
                    "kafka-cluster:DescribeGroup on " + Reads.KAFKA
                            + "group/shop/5e4d-8f/shop-orders-in-dispatch-orders",
                    "kafka-cluster:AlterGroup on " + Reads.KAFKA + "group/shop/5e4d-8f/shop-orders-in-dispatch-orders",
                    "ec2:CreateNetworkInterface on " + Reads.NETWORK + "network-interface/*",
                    "ec2:CreateNetworkInterface on " + Reads.NETWORK + "subnet/*",
                    "ec2:CreateNetworkInterface on " + Reads.NETWORK + "security-group/*",
                    "ec2:DeleteNetworkInterface on " + Reads.NETWORK + "network-interface/*",
                    "ec2:DescribeNetworkInterfaces on *",
                    "ec2:DescribeSecurityGroups on *",
                    "ec2:DescribeSubnets on *",
                    "ec2:DescribeVpcs on *")),
    KAFKA(
            "kafka-self-managed.yaml",
            KafkaDispatcher.class,
            Delivery.TOPIC,
            Set.of(
                    "secretsmanager:GetSecretValue on"
                            + " arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_shop-Ab1",
                    "ec2:CreateNetworkInterface on " + Reads.NETWORK + "network-interface/*",
                    "ec2:CreateNetworkInterface on " + Reads.NETWORK + "subnet/subnet-1",
                    "ec2:CreateNetworkInterface on " + Reads.NETWORK + "subnet/subnet-2",
                    "ec2:CreateNetworkInterface on " + Reads.NETWORK + "security-group/sg-1",
                    "ec2:DeleteNetworkInterface on " + Reads.NETWORK + "network-interface/*",
                    "ec2:DescribeNetworkInterfaces on *",
                    "ec2:DescribeSecurityGroups on *",
                    "ec2:DescribeSubnets on *",
                    "ec2:DescribeVpcs on *")),
    EVENTBRIDGE("eventbridge.yaml", EventBridgeDispatcher.class, Delivery.INVOCATION, Set.of()),
    SCHEDULER("scheduler.yaml", EventBridgeDispatcher.class, Delivery.INVOCATION, Set.of()),
    SNS("sns.yaml", SnsDispatcher.class, Delivery.INVOCATION, Set.of()),
    S3("s3.yaml", S3Dispatcher.class, Delivery.INVOCATION, Set.of());

    /** How records come to the function, which decides what there is to be set. */
    enum Delivery {
        QUEUE,
        STREAM,
        TOPIC,
        INVOCATION
    }

    /** What some have in common. */
    private static final class Reads {
        static final String KAFKA = "arn:aws:kafka:eu-west-1:111122223333:";
        static final String NETWORK = "arn:aws:ec2:eu-west-1:111122223333:";
        static final Set<String> QUEUE = Set.of(
                "sqs:ReceiveMessage on <Orders.Arn>",
                "sqs:DeleteMessage on <Orders.Arn>",
                "sqs:GetQueueAttributes on <Orders.Arn>");
    }

    final String file;
    final Class<?> handler;
    final Delivery delivery;
    final Set<String> reads;

    Source(String file, Class<?> handler, Delivery delivery, Set<String> reads) {
        this.file = file;
        this.handler = handler;
        this.delivery = delivery;
        this.reads = reads;
    }

    static Source of(Template template) {
        return Arrays.stream(values())
                .filter(source -> source.file.equals(template.file()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        template.file() + ": say in Source what it is for, so that it is checked like the others"));
    }

    /** Whether Lambda polls it, by an event source mapping. */
    boolean isPolled() {
        return delivery != Delivery.INVOCATION;
    }

    /** Whether Lambda knows a position there, and gives up to a bucket. */
    boolean isRead() {
        return delivery == Delivery.STREAM || delivery == Delivery.TOPIC;
    }
}
