package io.durablesaga.lambda.deployment;

import static io.durablesaga.lambda.deployment.Template.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alarms of examples/aws/template.yaml. */
class AlarmTest {
    private static final String OF_THE_FUNCTION = "FunctionName=Ref PlaceOrderFunction";
    private static final String OF_THE_ACCOUNT = "";

    private Template template;

    @BeforeEach
    void read() throws IOException {
        template = Template.read(Path.of("..", "examples", "aws", "template.yaml"));
    }

    private record Alarm(String metric, String of, String statistic, int threshold) {}

    private static final List<Alarm> WANTED = List.of(
            new Alarm("AWS/Lambda DurableExecutionFailed", OF_THE_FUNCTION, "Sum", 1),
            new Alarm("AWS/Lambda DurableExecutionTimedOut", OF_THE_FUNCTION, "Sum", 1),
            new Alarm("AWS/Lambda DurableExecutionStopped", OF_THE_FUNCTION, "Sum", 1),
            new Alarm("AWS/Lambda ApproximateRunningDurableExecutionsUtilization", OF_THE_ACCOUNT, "Maximum", 80),
            new Alarm("AWS/Lambda DurableExecutionOperations", OF_THE_FUNCTION, "Maximum", 3_000 * 80 / 100),
            new Alarm("AWS/Lambda DurableExecutionStorageWrittenBytes", OF_THE_FUNCTION, "Maximum", 80_000_000),
            new Alarm("AWS/Lambda Errors", OF_THE_FUNCTION, "Sum", 1),
            new Alarm(
                    "AWS/SQS ApproximateNumberOfMessagesVisible",
                    "QueueName=GetAtt FailedOrders.QueueName",
                    "Maximum",
                    1));

    @Test
    void there_is_an_alarm_for_everything_that_somebody_must_look_at() {
        Demand.of(template, t -> assertThat(alarms(t)).values().containsExactlyInAnyOrderElementsOf(WANTED))
                .failsWithout("Resources/StoppedOrdersAlarm")
                .failsWith("Resources/TimedOutOrdersAlarm/Properties/MetricName", "DurableExecutionTimeout")
                .failsWith("Resources/OrderOperationsAlarm/Properties/Threshold", 3_000)
                .failsWith("Resources/OrderStorageAlarm/Properties/Statistic", "Average")
                .failsWithout("Resources/FailedOrdersAlarm/Properties/Dimensions")
                .failsWith(
                        "Resources/RunningExecutionsAlarm/Properties/Dimensions",
                        List.of(Map.of("Name", "FunctionName", "Value", Map.of("Ref", "PlaceOrderFunction"))));
    }

    @Test
    void every_alarm_goes_off_at_its_threshold_is_heard_and_takes_silence_for_rest() {
        Demand.of(
                        template,
                        t -> assertThat(t.resources("AWS::CloudWatch::Alarm").keySet())
                                .isNotEmpty()
                                .allSatisfy(name -> {
                                    String alarm = "Resources/" + name + "/Properties/";
                                    assertThat(t.at(alarm + "ComparisonOperator"))
                                            .isEqualTo("GreaterThanOrEqualToThreshold");
                                    assertThat(t.at(alarm + "EvaluationPeriods"))
                                            .isEqualTo(1);
                                    assertThat(t.at(alarm + "Period")).isEqualTo(300);
                                    assertThat(t.at(alarm + "TreatMissingData")).isEqualTo("notBreaching");
                                    assertThat(t.textAt(alarm + "AlarmActions/0"))
                                            .isEqualTo("Ref OrderAlarms");
                                    assertThat(t.textAt(alarm + "AlarmDescription"))
                                            .isNotBlank();
                                }))
                .failsWith("Resources/FailedOrdersAlarm/Properties/ComparisonOperator", "GreaterThanThreshold")
                .failsWithout("Resources/StoppedOrdersAlarm/Properties/AlarmActions")
                .failsWith("Resources/OrderStorageAlarm/Properties/TreatMissingData", "breaching")
                .failsWith("Resources/FunctionErrorsAlarm/Properties/EvaluationPeriods", 10);
    }

    private static Map<String, Alarm> alarms(Template template) {
        return template.resources("AWS::CloudWatch::Alarm").entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        alarm -> alarm(map(map(alarm.getValue()).get("Properties")))));
    }

    private static Alarm alarm(Map<String, Object> properties) {
        String of = Template.list(properties.get("Dimensions")).stream()
                .map(Template::map)
                .map(dimension -> dimension.get("Name") + "=" + Template.text(dimension.get("Value")))
                .collect(Collectors.joining(", "));
        return new Alarm(
                properties.get("Namespace") + " " + properties.get("MetricName"),
                of,
                String.valueOf(properties.get("Statistic")),
                (Integer) properties.get("Threshold"));
    }
}
