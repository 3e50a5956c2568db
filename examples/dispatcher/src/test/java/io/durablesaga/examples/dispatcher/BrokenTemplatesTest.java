package io.durablesaga.examples.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates with something wrong in them, each of which breaks a promise. */
class BrokenTemplatesTest {
    private static final String FUNCTION = "Resources/DispatchOrdersFunction/Properties/";
    private static final String VARIABLES = FUNCTION + "Environment/Variables/";
    private static final String ROLE = "Resources/DispatchOrdersRole/Properties/";
    private static final String MAPPING = "Resources/OrdersMapping/Properties/";
    private static final String ORDERS = "Resources/Orders/Properties/";
    private static final String STATEMENT = "/PolicyDocument/Statement/0/";

    /**
     * One thing that is wrong.
     *
     * @param source in which template
     * @param place where
     * @param value instead of what; null for nothing
     */
    record Wrong(Source source, String place, Object value) {
        Template template(Template right) {
            Template wrong = value == null ? right.without(place) : right.with(place, value);
            assertThat(wrong.tree()).as("it says so already").isNotEqualTo(right.tree());
            return wrong;
        }
    }

    @ParameterizedTest
    @MethodSource({"inAll", "inThoseThatArePolled", "inThoseThatAreRead", "inThoseThatInvoke", "inOne"})
    void a_promise_that_is_broken_is_noticed(Wrong wrong) {
        Template right = Template.read(wrong.source().file);
        Template broken = wrong.template(right);

        assertThat(Promise.all())
                .filteredOn(promise -> holds(promise, right))
                .anyMatch(promise -> !holds(promise, broken));
    }

    private static boolean holds(Promise promise, Template template) {
        try {
            promise.holdsOf(template);
            return true;
        } catch (Throwable e) { // an assertion, or what refuses a template that cannot be read as one
            return false;
        }
    }

    static Stream<Wrong> inAll() {
        return Stream.of(Source.values())
                .flatMap(source -> Stream.of(
                        new Wrong(source, "Parameters/PlaceOrderVersion/AllowedPattern", "arn:.+"),
                        new Wrong(source, "Parameters/Unused", Map.of("Type", "String", "Default", "")),
                        new Wrong(source, "Resources/RefusedOrders", null),
                        new Wrong(source, "Resources/RefusedOrders/DeletionPolicy", null),
                        new Wrong(source, "Resources/RefusedOrders/Properties/MessageRetentionPeriod", null),
                        new Wrong(source, "Resources/RefusedOrdersExit", null),
                        new Wrong(source, "Resources/DispatchOrdersRole/DependsOn", "DispatchOrdersFunction"),
                        new Wrong(source, "Outputs/RefusedOrdersQueue/Value", Map.of("Ref", "Refused")),
                        new Wrong(source, FUNCTION + "Handler", "io.durablesaga.dispatcher.lambda.Dispatcher"),
                        new Wrong(source, FUNCTION + "Timeout", 3),
                        new Wrong(source, FUNCTION + "DurableConfig", Map.of("ExecutionTimeout", 60)),
                        new Wrong(source, FUNCTION + "Policies", List.of("AWSLambda_FullAccess")),
                        new Wrong(source, VARIABLES + "DISPATCH_KEY", null),
                        new Wrong(source, VARIABLES + "DISPATCH_SCOPE", "order--s"),
                        new Wrong(source, VARIABLES + "DISPATCH_DEADLETTERS", "no such variable"),
                        new Wrong(
                                source,
                                VARIABLES + "DISPATCH_DEAD_LETTER_QUEUE",
                                Map.of("GetAtt", "RefusedOrders.Arn")),
                        new Wrong(source, ROLE + "Policies/0" + STATEMENT + "Action", "lambda:*"),
                        new Wrong(source, ROLE + "Policies/0" + STATEMENT + "Resource", "*"),
                        new Wrong(source, ROLE + "Policies/1", null),
                        new Wrong(source, ROLE + "Policies/2", null),
                        new Wrong(source, ROLE + "Policies/3", null),
                        new Wrong(
                                source, ROLE + "ManagedPolicyArns", List.of("arn:aws:iam::aws:policy/ReadOnlyAccess")),
                        new Wrong(source, ROLE + "AssumeRolePolicyDocument/Statement/0/Principal", Map.of("AWS", "*")),
                        new Wrong(source, "Resources/RefusedOrdersAlarm", null),
                        new Wrong(
                                source,
                                "Resources/RefusedOrdersAlarm/Properties/MetricName",
                                "NumberOfMessagesVisible"),
                        new Wrong(source, "Resources/DispatchErrorsAlarm/Properties/Statistic", "Average"),
                        new Wrong(source, "Resources/DispatchErrorsAlarm/Properties/AlarmActions", List.of()),
                        new Wrong(source, "Resources/DispatchThrottlesAlarm/Properties/TreatMissingData", "missing")));
    }

    static Stream<Wrong> inThoseThatArePolled() {
        return Stream.of(Source.values())
                .filter(Source::isPolled)
                .flatMap(source -> Stream.of(
                        new Wrong(source, MAPPING + "FunctionResponseTypes", null),
                        new Wrong(source, MAPPING + "FunctionName", Map.of("Ref", "PlaceOrderVersion")),
                        new Wrong(source, FUNCTION + "EventInvokeConfig", Map.of("MaximumRetryAttempts", 0)),
                        new Wrong(source, ROLE + "Policies/4", null)));
    }

    static Stream<Wrong> inThoseThatAreRead() {
        return Stream.of(Source.values())
                .filter(Source::isRead)
                .flatMap(source -> Stream.of(
                        new Wrong(source, MAPPING + "BisectBatchOnFunctionError", null),
                        new Wrong(source, MAPPING + "MaximumRetryAttempts", 10),
                        new Wrong(source, MAPPING + "MaximumRecordAgeInSeconds", 604_800),
                        new Wrong(source, MAPPING + "MaximumRecordAgeInSeconds", 3_600),
                        new Wrong(source, MAPPING + "MaximumRecordAgeInSeconds", null),
                        new Wrong(source, MAPPING + "DestinationConfig", null),
                        new Wrong(
                                source,
                                MAPPING + "DestinationConfig/OnFailure/Destination",
                                Map.of("GetAtt", "RefusedOrders.Arn")),
                        new Wrong(source, MAPPING + "MaximumBatchingWindowInSeconds", null),
                        new Wrong(source, MAPPING + "MetricsConfig", null),
                        new Wrong(source, MAPPING + "StartingPosition", "AT_TIMESTAMP"),
                        new Wrong(source, "Resources/UndeliveredOrders/UpdateReplacePolicy", "Delete"),
                        new Wrong(
                                source, "Resources/UndeliveredOrders/Properties/PublicAccessBlockConfiguration", null),
                        new Wrong(source, "Resources/LostOrdersAlarm", null)));
    }

    static Stream<Wrong> inThoseThatInvoke() {
        return Stream.of(Source.values())
                .filter(source -> !source.isPolled())
                .flatMap(source -> Stream.of(
                        new Wrong(source, FUNCTION + "EventInvokeConfig", null),
                        new Wrong(source, FUNCTION + "EventInvokeConfig/MaximumRetryAttempts", 0),
                        new Wrong(source, FUNCTION + "EventInvokeConfig/DestinationConfig", null),
                        new Wrong(source, ROLE + "Policies/4", null),
                        new Wrong(source, "Resources/AbandonedOrdersAlarm", null),
                        new Wrong(source, "Resources/OldestOrderAlarm/Properties/Threshold", 900)));
    }

    static Stream<Wrong> inOne() {
        return Stream.of(
                new Wrong(Source.SQS, ORDERS + "VisibilityTimeout", 179),
                new Wrong(Source.SQS, MAPPING + "MaximumBatchingWindowInSeconds", 1),
                new Wrong(Source.SQS, MAPPING + "BatchSize", 100),
                new Wrong(Source.SQS, MAPPING + "ScalingConfig", null),
                new Wrong(Source.SQS, ORDERS + "RedrivePolicy", null),
                new Wrong(Source.SQS, ORDERS + "RedrivePolicy/maxReceiveCount", 3),
                new Wrong(Source.SQS, ORDERS + "MessageRetentionPeriod", 1_209_600),
                new Wrong(Source.SQS, "Resources/UndeliveredOrders/Properties/FifoQueue", true),
                new Wrong(Source.SQS_FIFO, "Resources/UndeliveredOrders/Properties/FifoQueue", null),
                new Wrong(Source.SQS_FIFO, "Resources/RefusedOrders/Properties/FifoQueue", null),
                new Wrong(Source.SQS_FIFO, ORDERS + "ContentBasedDeduplication", null),
                new Wrong(Source.SQS_FIFO, MAPPING + "MaximumBatchingWindowInSeconds", 0),
                new Wrong(Source.KINESIS, ORDERS + "RetentionPeriodHours", 24),
                new Wrong(Source.DYNAMODB, MAPPING + "FilterCriteria", null),
                new Wrong(Source.DYNAMODB, VARIABLES + "DISPATCH_BODY_AT", null),
                new Wrong(Source.DYNAMODB, ORDERS + "StreamSpecification/StreamViewType", "KEYS_ONLY"),
                new Wrong(Source.MSK, MAPPING + "ProvisionedPollerConfig", null),
                new Wrong(Source.MSK, MAPPING + "MaximumRetryAttempts", -1),
                new Wrong(Source.MSK, MAPPING + "AmazonManagedKafkaEventSourceConfig", null),
                new Wrong(Source.MSK, "Parameters/StartingPosition/Default", "TRIM_HORIZON"),
                new Wrong(Source.KAFKA, MAPPING + "ProvisionedPollerConfig", null),
                new Wrong(Source.KAFKA, MAPPING + "SourceAccessConfigurations/1", null),
                new Wrong(Source.EVENTBRIDGE, "Resources/OrdersRule/Properties/Targets/0/DeadLetterConfig", null),
                new Wrong(Source.EVENTBRIDGE, "Resources/OrdersRule/Properties/Targets/0/RetryPolicy", null),
                new Wrong(Source.EVENTBRIDGE, "Resources/OrdersPermission", null),
                new Wrong(Source.EVENTBRIDGE, "Resources/UndeliveredOrdersPolicy", null),
                new Wrong(
                        Source.EVENTBRIDGE,
                        "Resources/UndeliveredOrdersPolicy/Properties" + STATEMENT + "Condition",
                        null),
                new Wrong(Source.SCHEDULER, "Resources/StandingOrder/Properties/Target/DeadLetterConfig", null),
                new Wrong(
                        Source.SCHEDULER,
                        "Resources/ScheduleRole/Properties/AssumeRolePolicyDocument/Statement/0/Condition",
                        null),
                new Wrong(Source.SCHEDULER, "Resources/ScheduleRole/Properties/Policies/1", null),
                new Wrong(Source.SNS, "Resources/OrdersSubscription/Properties/RedrivePolicy", null),
                new Wrong(Source.SNS, "Resources/UndeliveredOrdersPolicy", null),
                new Wrong(Source.SNS, "Resources/LostEventsAlarm", null),
                new Wrong(Source.S3, "Resources/Orders/DependsOn", null),
                new Wrong(Source.S3, "Resources/OrdersPermission/Properties/SourceArn", Map.of("GetAtt", "Orders.Arn")),
                new Wrong(Source.S3, "Resources/OrdersPermission/Properties/SourceAccount", null));
    }
}
