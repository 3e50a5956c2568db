package io.durablesaga.examples.dispatcher;

import static io.durablesaga.examples.dispatcher.FunctionPromises.FUNCTION;
import static io.durablesaga.examples.dispatcher.Template.list;
import static io.durablesaga.examples.dispatcher.Template.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.examples.dispatcher.Source.Delivery;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What templates promise of how records come, come again, and are given up. */
final class DeliveryPromises {
    private static final String MAPPING = "OrdersMapping";
    private static final int A_DAY = 24 * 60 * 60;
    private static final Map<Source, String> EVENT_SOURCES = Map.of(
            Source.SQS, "<Orders.Arn>",
            Source.SQS_FIFO, "<Orders.Arn>",
            Source.KINESIS, "<Orders.Arn>",
            Source.DYNAMODB, "<Orders.StreamArn>",
            Source.MSK, Stack.PARAMETERS.get("Cluster"),
            Source.KAFKA, "");

    private DeliveryPromises() {}

    static void a_mapping_reads_what_lambda_polls_and_nothing_else(Template template) {
        Stack stack = Stack.of(template);
        Source source = Source.of(template);
        if (!source.isPolled()) {
            assertThat(stack.resources("AWS::Lambda::EventSourceMapping")).isEmpty();
            return;
        }
        assertThat(stack.resources("AWS::Lambda::EventSourceMapping")).containsOnlyKeys(MAPPING);
        assertThat(stack.textAt(MAPPING, "FunctionName")).isEqualTo("<DispatchOrdersFunction>");
        assertThat(stack.textAt(MAPPING, "EventSourceArn")).isEqualTo(EVENT_SOURCES.get(source));
        assertThat(stack.at(FUNCTION, "Events")).isNull();
    }

    static void what_is_returned_comes_again_alone(Template template) {
        if (Source.of(template).isPolled()) {
            assertThat(Stack.of(template).textAt(MAPPING, "FunctionResponseTypes"))
                    .isEqualTo("[ReportBatchItemFailures]");
        }
    }

    static void a_queue_hides_a_message_till_its_dispatch_is_surely_over(Template template) {
        if (Source.of(template).delivery != Delivery.QUEUE) {
            return;
        }
        Stack stack = Stack.of(template);
        int window = Math.max(0, stack.numberAt(MAPPING, "MaximumBatchingWindowInSeconds"));
        assertThat(stack.numberAt("Orders", "VisibilityTimeout"))
                .isBetween(6 * stack.numberAt(FUNCTION, "Timeout") + window, A_DAY / 2);
        assertThat(stack.numberAt(MAPPING, "BatchSize")).isBetween(1, window > 0 ? 10_000 : 10);
        assertThat(stack.numberAt(MAPPING, "ScalingConfig/MaximumConcurrency")).isBetween(2, 1_000);
    }

    static void a_queue_gives_a_message_up_after_an_hour_and_not_before(Template template) {
        if (Source.of(template).delivery != Delivery.QUEUE) {
            return;
        }
        Stack stack = Stack.of(template);
        boolean fifo = Source.of(template) == Source.SQS_FIFO;
        assertThat(stack.textAt("Orders", "RedrivePolicy/deadLetterTargetArn")).isEqualTo("<UndeliveredOrders.Arn>");
        assertThat(stack.numberAt("Orders", "RedrivePolicy/maxReceiveCount")
                        * stack.numberAt("Orders", "VisibilityTimeout"))
                .isGreaterThanOrEqualTo(60 * 60);
        assertThat(List.of("Orders", "UndeliveredOrders", "RefusedOrders", "RefusedOrdersExit"))
                .as("all of one kind, so that messages can be moved between them")
                .allSatisfy(
                        queue -> assertThat(stack.textAt(queue, "FifoQueue")).isEqualTo(fifo ? "true" : ""));
        if (fifo) {
            assertThat(stack.at("Orders", "ContentBasedDeduplication")).isEqualTo(true);
            assertThat(stack.at(MAPPING, "MaximumBatchingWindowInSeconds"))
                    .as("FIFO queues have none")
                    .isNull();
        }
    }

    static void what_is_read_is_read_from_where_nothing_is_missed(Template template) {
        if (Source.of(template).delivery == Delivery.STREAM) {
            assertThat(Stack.of(template).textAt(MAPPING, "StartingPosition")).isEqualTo("TRIM_HORIZON");
        }
        if (Source.of(template).delivery == Delivery.TOPIC) {
            assertThat(Stack.of(template).textAt(MAPPING, "StartingPosition")).isEqualTo("LATEST");
            assertThat(map(template.at("Parameters/StartingPosition")))
                    .as("whoever deploys says which: the topic may hold orders of years")
                    .doesNotContainKey("Default");
        }
    }

    static void what_is_read_is_tried_for_long_and_then_given_up_whole(Template template) {
        if (!Source.of(template).isRead()) {
            return;
        }
        Stack stack = Stack.of(template);
        assertThat(stack.at(MAPPING, "BisectBatchOnFunctionError")).isEqualTo(true);
        assertThat(stack.numberAt(MAPPING, "MaximumRetryAttempts"))
                .as("for ever, or where Lambda makes ten of that, as many as there can be")
                .isEqualTo(Source.of(template).delivery == Delivery.TOPIC ? 10_000 : -1);
        assertThat(stack.textAt(MAPPING, "DestinationConfig/OnFailure/Destination"))
                .isEqualTo("<UndeliveredOrders.Arn>");
        assertThat(stack.resources("AWS::S3::Bucket"))
                .as("a queue would be told where records stood, and not what they said")
                .containsKey("UndeliveredOrders");
        assertThat(stack.numberAt(MAPPING, "MaximumBatchingWindowInSeconds")).isZero();
        assertThat(stack.numberAt(MAPPING, "BatchSize")).isBetween(1, 10_000);
        int kept = kept(Source.of(template), stack);
        assertThat(stack.numberAt(MAPPING, "MaximumRecordAgeInSeconds"))
                .as("before the source forgets it, and not much before")
                .isBetween(kept * 3 / 4, kept - 60 * 60);
    }

    private static int kept(Source source, Stack stack) {
        return switch (source) {
            case KINESIS -> stack.numberAt("Orders", "RetentionPeriodHours") * 60 * 60;
            case DYNAMODB -> A_DAY;
            default -> 7 * A_DAY;
        };
    }

    static void topics_are_polled_in_the_mode_in_which_single_records_can_be_returned(Template template) {
        if (Source.of(template).delivery != Delivery.TOPIC) {
            return;
        }
        Stack stack = Stack.of(template);
        assertThat(stack.numberAt(MAPPING, "ProvisionedPollerConfig/MinimumPollers"))
                .isPositive();
        assertThat(stack.textAt(MAPPING, "Topics")).isEqualTo("[orders]");
        String config = Source.of(template) == Source.MSK
                ? "AmazonManagedKafkaEventSourceConfig"
                : "SelfManagedKafkaEventSourceConfig";
        assertThat(stack.textAt(MAPPING, config + "/ConsumerGroupId")).isEqualTo("shop-orders-in-dispatch-orders");
        if (Source.of(template) == Source.KAFKA) {
            assertThat(stack.textAt(MAPPING, "SelfManagedEventSource/Endpoints/KafkaBootstrapServers"))
                    .isEqualTo(Stack.PARAMETERS.get("BootstrapServers"));
            assertThat(list(stack.at(MAPPING, "SourceAccessConfigurations")))
                    .map(access -> map(access).get("Type") + " " + map(access).get("URI"))
                    .containsExactly(
                            "SASL_SCRAM_512_AUTH " + Stack.PARAMETERS.get("Credentials"),
                            "VPC_SUBNET subnet:subnet-1",
                            "VPC_SUBNET subnet:subnet-2",
                            "VPC_SECURITY_GROUP security_group:sg-1");
        }
    }

    static void only_items_that_are_put_start_orders(Template template) {
        if (Source.of(template) != Source.DYNAMODB) {
            return;
        }
        Stack stack = Stack.of(template);
        assertThat(stack.textAt(MAPPING, "FilterCriteria/Filters/0/Pattern"))
                .isEqualTo("{\"eventName\": [\"INSERT\"]}");
        assertThat(list(stack.at(MAPPING, "FilterCriteria/Filters"))).hasSize(1);
        assertThat(stack.textAt("Orders", "StreamSpecification/StreamViewType")).isEqualTo("NEW_IMAGE");
        assertThat(FunctionPromises.variables(stack)).containsEntry("DISPATCH_BODY_AT", "/newImage");
    }

    static void an_event_the_function_fails_on_is_tried_again_and_then_put_away_whole(Template template) {
        Stack stack = Stack.of(template);
        if (Source.of(template).isPolled()) {
            assertThat(stack.at(FUNCTION, "EventInvokeConfig"))
                    .as("mappings do not invoke asynchronously")
                    .isNull();
            return;
        }
        String config = "EventInvokeConfig/";
        assertThat(stack.numberAt(FUNCTION, config + "MaximumRetryAttempts")).isEqualTo(2);
        assertThat(stack.numberAt(FUNCTION, config + "MaximumEventAgeInSeconds"))
                .isEqualTo(A_DAY / 4);
        assertThat(stack.textAt(FUNCTION, config + "DestinationConfig/OnFailure/Type"))
                .isEqualTo("SQS");
        assertThat(stack.textAt(FUNCTION, config + "DestinationConfig/OnFailure/Destination"))
                .isEqualTo("<AbandonedOrders.Arn>");
    }

    static void the_source_keeps_what_it_cannot_hand_over(Template template) {
        Stack stack = Stack.of(template);
        switch (Source.of(template)) {
            case EVENTBRIDGE -> {
                assertThat(stack.textAt("OrdersRule", "Targets/0/Arn")).isEqualTo("<DispatchOrdersFunction.Arn>");
                assertThat(stack.textAt("OrdersRule", "Targets/0/DeadLetterConfig/Arn"))
                        .isEqualTo("<UndeliveredOrders.Arn>");
                assertThat(stack.at("OrdersRule", "Targets/0/RetryPolicy")).isEqualTo(tried());
            }
            case SCHEDULER -> {
                assertThat(stack.textAt("StandingOrder", "Target/Arn")).isEqualTo("<DispatchOrdersFunction.Arn>");
                assertThat(stack.textAt("StandingOrder", "Target/RoleArn")).isEqualTo("<ScheduleRole.Arn>");
                assertThat(stack.textAt("StandingOrder", "Target/DeadLetterConfig/Arn"))
                        .isEqualTo("<UndeliveredOrders.Arn>");
                assertThat(stack.at("StandingOrder", "Target/RetryPolicy")).isEqualTo(tried());
                assertThat(stack.textAt("StandingOrder", "GroupName")).isEqualTo("<StandingOrders>");
                assertThat(stack.textAt("StandingOrder", "FlexibleTimeWindow/Mode"))
                        .isEqualTo("OFF");
            }
            case SNS -> {
                assertThat(stack.textAt("OrdersSubscription", "TopicArn")).isEqualTo("<Orders>");
                assertThat(stack.textAt("OrdersSubscription", "Protocol")).isEqualTo("lambda");
                assertThat(stack.textAt("OrdersSubscription", "Endpoint")).isEqualTo("<DispatchOrdersFunction.Arn>");
                assertThat(stack.textAt("OrdersSubscription", "RedrivePolicy/deadLetterTargetArn"))
                        .isEqualTo("<UndeliveredOrders.Arn>");
            }
            case S3 -> {
                String notified = "NotificationConfiguration/LambdaConfigurations/0/";
                assertThat(stack.textAt("Orders", notified + "Function")).isEqualTo("<DispatchOrdersFunction.Arn>");
                assertThat(stack.textAt("Orders", notified + "Event")).isEqualTo("s3:ObjectCreated:*");
                assertThat(stack.textAt("Orders", "BucketName")).isEqualTo("shop-orders");
                assertThat(template.at("Resources/Orders/DependsOn")).isEqualTo("OrdersPermission");
            }
            default -> assertThat(stack.resources("AWS::Lambda::Permission")).isEmpty();
        }
    }

    private static Map<String, Object> tried() {
        return Map.of("MaximumEventAgeInSeconds", A_DAY, "MaximumRetryAttempts", 185);
    }

    static void what_holds_orders_stays_and_keeps_them_long_enough_for_a_person(Template template) {
        Stack stack = Stack.of(template);
        int orders = Math.max(0, stack.numberAt("Orders", "MessageRetentionPeriod"));
        for (String queue : stack.resources("AWS::SQS::Queue").keySet()) {
            if (!queue.equals("Orders") && !queue.equals("RefusedOrdersExit")) {
                assertThat(stack.numberAt(queue, "MessageRetentionPeriod"))
                        .as(queue)
                        .isEqualTo(14 * A_DAY)
                        .isGreaterThan(orders);
            }
            assertThat(stack.at(queue, "SqsManagedSseEnabled")).as(queue).isEqualTo(true);
        }
        for (String bucket : stack.resources("AWS::S3::Bucket").keySet()) {
            assertThat(map(stack.at(bucket, "PublicAccessBlockConfiguration")).values())
                    .as(bucket)
                    .containsExactly(true, true, true, true);
        }
        Set<String> unretained = Set.of("RefusedOrdersExit");
        for (String type : List.of(
                "AWS::SQS::Queue",
                "AWS::S3::Bucket",
                "AWS::Kinesis::Stream",
                "AWS::DynamoDB::Table",
                "AWS::SNS::Topic")) {
            for (String name : stack.resources(type).keySet()) {
                if (!unretained.contains(name)) {
                    assertThat(map(template.at("Resources/" + name)))
                            .as(name)
                            .containsEntry("DeletionPolicy", "Retain")
                            .containsEntry("UpdateReplacePolicy", "Retain");
                }
            }
        }
    }

    static void refused_orders_can_be_moved_by_sqs(Template template) {
        Stack stack = Stack.of(template);
        assertThat(stack.resources("AWS::SQS::Queue")).containsKeys("RefusedOrders", "RefusedOrdersExit");
        assertThat(stack.textAt("RefusedOrdersExit", "RedrivePolicy/deadLetterTargetArn"))
                .isEqualTo("<RefusedOrders.Arn>");
    }
}
