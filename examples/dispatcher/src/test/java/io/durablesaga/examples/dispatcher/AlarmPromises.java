package io.durablesaga.examples.dispatcher;

import static io.durablesaga.examples.dispatcher.Template.list;
import static io.durablesaga.examples.dispatcher.Template.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.examples.dispatcher.Source.Delivery;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What templates promise of what they say in time. */
final class AlarmPromises {
    private static final String FUNCTION = " of FunctionName <DispatchOrdersFunction>";
    private static final String MAPPING = " of EventSourceMappingUUID <OrdersMapping>";
    private static final String VISIBLE = "AWS/SQS ApproximateNumberOfMessagesVisible of QueueName <";

    private AlarmPromises() {}

    static void there_is_an_alarm_for_everything_that_somebody_must_look_at(Template template) {
        Set<String> alarms = Stack.of(template).resources("AWS::CloudWatch::Alarm").values().stream()
                .map(AlarmPromises::alarm)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(alarms).isEqualTo(wanted(Source.of(template)));
    }

    private static Set<String> wanted(Source source) {
        Set<String> wanted = new TreeSet<>(Set.of(
                VISIBLE + "RefusedOrders.QueueName>, Maximum 1",
                "AWS/Lambda Errors" + FUNCTION + ", Sum 1",
                "AWS/Lambda Throttles" + FUNCTION + ", Sum 1"));
        wanted.add(
                switch (source.delivery) {
                    case QUEUE -> "AWS/SQS ApproximateAgeOfOldestMessage of QueueName <Orders.QueueName>, Maximum 900";
                    case STREAM -> "AWS/Lambda IteratorAge" + FUNCTION + ", Maximum 900000";
                    case TOPIC -> "AWS/Lambda MaxOffsetLag" + MAPPING + ", Maximum 1000";
                    case INVOCATION -> "AWS/Lambda AsyncEventAge" + FUNCTION + ", Maximum 900000";
                });
        if (source.isRead()) {
            wanted.add("AWS/Lambda OnFailureDestinationDeliveredEventCount" + MAPPING + ", Sum 1");
            wanted.add("AWS/Lambda DroppedEventCount" + MAPPING + ", Sum 1");
        } else if (source != Source.S3) {
            wanted.add(VISIBLE + "UndeliveredOrders.QueueName>, Maximum 1");
        }
        if (source.delivery == Delivery.INVOCATION) {
            wanted.add(VISIBLE + "AbandonedOrders.QueueName>, Maximum 1");
            wanted.add("AWS/Lambda DestinationDeliveryFailures" + FUNCTION + ", Sum 1");
        }
        switch (source) {
            case EVENTBRIDGE -> wanted.add("AWS/Events InvocationsFailedToBeSentToDlq of RuleName <OrdersRule>, Sum 1");
            case SCHEDULER ->
                wanted.add("AWS/Scheduler InvocationsFailedToBeSentToDeadLetterCount"
                        + " of ScheduleGroup <StandingOrders>, Sum 1");
            case SNS ->
                wanted.add("AWS/SNS NumberOfNotificationsFailedToRedriveToDlq"
                        + " of TopicName <Orders.TopicName>, Sum 1");
            default -> {}
        }
        return wanted;
    }

    private static String alarm(Map<String, Object> properties) {
        String of = list(properties.get("Dimensions")).stream()
                .map(dimension ->
                        map(dimension).get("Name") + " " + map(dimension).get("Value"))
                .collect(Collectors.joining(", "));
        return properties.get("Namespace") + " " + properties.get("MetricName") + " of " + of + ", "
                + properties.get("Statistic") + " " + properties.get("Threshold");
    }

    /** Lambda tells of mappings only where it is asked to. */
    static void what_alarms_watch_is_measured(Template template) {
        Source source = Source.of(template);
        if (source.isRead()) {
            assertThat(Stack.of(template).textAt("OrdersMapping", "MetricsConfig/Metrics"))
                    .isEqualTo(source.delivery == Delivery.TOPIC ? "[EventCount, KafkaMetrics]" : "[EventCount]");
        }
    }

    static void every_alarm_goes_off_at_its_threshold_is_heard_and_takes_silence_for_rest(Template template) {
        assertThat(Stack.of(template).resources("AWS::CloudWatch::Alarm"))
                .isNotEmpty()
                .allSatisfy((name, alarm) -> {
                    assertThat(alarm)
                            .containsEntry("ComparisonOperator", "GreaterThanOrEqualToThreshold")
                            .containsEntry("EvaluationPeriods", 1)
                            .containsEntry("Period", 300)
                            .containsEntry("TreatMissingData", "notBreaching");
                    assertThat(list(alarm.get("AlarmActions")))
                            .containsExactly(Stack.PARAMETERS.get("OrderAlarmsTopic"));
                    assertThat(String.valueOf(alarm.get("AlarmDescription"))).endsWith(".");
                });
    }
}
