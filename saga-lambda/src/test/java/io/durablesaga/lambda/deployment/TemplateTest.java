package io.durablesaga.lambda.deployment;

import static io.durablesaga.lambda.deployment.Template.list;
import static io.durablesaga.lambda.deployment.Template.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What examples/aws/template.yaml promises, and that each promise broken is noticed. */
class TemplateTest {
    private static final String FUNCTION = "Resources/PlaceOrderFunction/Properties/";
    private static final String ROLE = "Resources/PlaceOrderRole/Properties/";
    private static final String ARN =
            "Sub arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${AWS::StackName}-place-order";
    private static final int A_WEEK = 7 * 24 * 60 * 60;

    private Template template;

    @BeforeEach
    void read() throws IOException {
        template = Template.read(Path.of("..", "examples", "aws", "template.yaml"));
    }

    @Test
    void execution_is_durable_and_the_function_knows_how_long_it_may_take() {
        Demand.of(template, t -> {
                    assertThat(t.textAt(FUNCTION + "DurableConfig/ExecutionTimeout"))
                            .isEqualTo("Ref ExecutionTimeoutSeconds")
                            .isEqualTo(t.textAt(FUNCTION + "Environment/Variables/SAGA_EXECUTION_TIMEOUT_SECONDS"));
                    assertThat(t.textAt(FUNCTION + "DurableConfig/RetentionPeriodInDays"))
                            .isEqualTo("Ref RetentionDays");
                    assertThat((Integer) t.at("Parameters/ExecutionTimeoutSeconds/Default"))
                            .as("an order may be parked for a week")
                            .isGreaterThan(A_WEEK);
                    assertThat(t.at("Parameters/ExecutionTimeoutSeconds"))
                            .asString()
                            .contains("MinValue=60", "MaxValue=31622400");
                    assertThat(t.at("Parameters/RetentionDays")).asString().contains("MinValue=1", "MaxValue=90");
                })
                .failsWithout(FUNCTION + "DurableConfig")
                .failsWith(FUNCTION + "DurableConfig/ExecutionTimeout", 86400)
                .failsWith(FUNCTION + "Environment/Variables/SAGA_EXECUTION_TIMEOUT_SECONDS", "864000")
                .failsWithout(FUNCTION + "Environment/Variables/SAGA_EXECUTION_TIMEOUT_SECONDS")
                .failsWithout(FUNCTION + "DurableConfig/RetentionPeriodInDays")
                .failsWith("Parameters/ExecutionTimeoutSeconds/Default", A_WEEK)
                .failsWith("Parameters/RetentionDays/MaxValue", 365);
    }

    @Test
    void every_release_is_a_version_and_versions_stay() {
        Demand.of(template, t -> {
                    assertThat(t.at(FUNCTION + "AutoPublishAlias")).isEqualTo("live");
                    assertThat(t.textAt(FUNCTION + "AutoPublishCodeSha256")).isEqualTo("Ref Release");
                    // SAM takes ten characters of it for a logical id
                    assertThat(t.at("Parameters/Release/AllowedPattern")).isEqualTo("[0-9a-f]{10,64}");
                    assertThat(map(t.at("Parameters/Release")))
                            .as("whoever deploys says which")
                            .doesNotContainKey("Default");
                    assertThat(map(t.at("Resources/PlaceOrderFunction")))
                            .containsEntry("DeletionPolicy", "Retain")
                            .containsEntry("UpdateReplacePolicy", "Retain");
                    assertThat(t.at(FUNCTION + "VersionDeletionPolicy")).isIn(null, "Retain");
                    assertThat(t.textAt("Outputs/PlaceOrderVersion/Value")).isEqualTo("Ref PlaceOrderFunction.Version");
                })
                .failsWithout(FUNCTION + "AutoPublishAlias")
                .failsWithout(FUNCTION + "AutoPublishCodeSha256")
                .failsWith("Parameters/Release/Default", "0000000000")
                .failsWithout("Resources/PlaceOrderFunction/DeletionPolicy")
                .failsWith("Resources/PlaceOrderFunction/DeletionPolicy", "Delete")
                .failsWith("Resources/PlaceOrderFunction/UpdateReplacePolicy", "Delete")
                .failsWith(FUNCTION + "VersionDeletionPolicy", "Delete")
                .failsWith("Outputs/PlaceOrderVersion/Value", Map.of("Ref", "PlaceOrderFunction.Alias"));
    }

    @Test
    void what_executions_need_stays_as_long_as_the_function() {
        List<String> needed = List.of("PlaceOrderRole", "PlaceOrderLogs", "FailedOrders");
        Demand.of(
                        template,
                        t -> assertThat(needed)
                                .allSatisfy(resource -> assertThat(map(t.at("Resources/" + resource)))
                                        .containsEntry("DeletionPolicy", "Retain")
                                        .containsEntry("UpdateReplacePolicy", "Retain")))
                .failsWithout("Resources/PlaceOrderRole/DeletionPolicy")
                .failsWith("Resources/PlaceOrderLogs/DeletionPolicy", "Delete")
                .failsWithout("Resources/FailedOrders/UpdateReplacePolicy");
    }

    @Test
    void the_function_cannot_be_replaced_unnoticed_and_wakes_up_after_any_wait() {
        Demand.of(template, t -> {
                    assertThat(t.textAt(FUNCTION + "FunctionName")).isEqualTo("Sub ${AWS::StackName}-place-order");
                    assertThat(t.at(FUNCTION + "SnapStart/ApplyOn")).isEqualTo("None");
                    assertThat(t.at(FUNCTION + "Runtime")).isEqualTo("java21");
                    assertThat((Integer) t.at(FUNCTION + "Timeout")).isBetween(60, 900);
                    assertThat((Integer) t.at(FUNCTION + "MemorySize")).isGreaterThanOrEqualTo(512);
                })
                .failsWithout(FUNCTION + "FunctionName")
                .failsWith(FUNCTION + "SnapStart/ApplyOn", "PublishedVersions")
                .failsWith(FUNCTION + "Timeout", 3)
                .failsWith(FUNCTION + "Timeout", 901)
                .failsWith(FUNCTION + "MemorySize", 128);
    }

    @Test
    void logs_do_not_stay_for_ever() {
        Demand.of(template, t -> {
                    assertThat(t.textAt(FUNCTION + "LoggingConfig/LogGroup")).isEqualTo("Ref PlaceOrderLogs");
                    assertThat(t.textAt("Resources/PlaceOrderLogs/Properties/RetentionInDays"))
                            .isEqualTo("Ref LogRetentionDays");
                    assertThat((Integer) t.at("Parameters/LogRetentionDays/Default"))
                            .isPositive();
                })
                .failsWithout(FUNCTION + "LoggingConfig")
                .failsWithout("Resources/PlaceOrderLogs/Properties/RetentionInDays")
                .failsWith("Parameters/LogRetentionDays/Default", 0);
    }

    @Test
    void the_end_of_every_execution_is_told() {
        String rule = "Resources/EndedOrdersRule/Properties/";
        String policy = "Resources/EndedOrdersPolicy/Properties/";
        Demand.of(template, t -> {
                    assertThat(map(t.at(rule + "EventPattern")).keySet())
                            .containsExactlyInAnyOrder("source", "detail-type", "detail");
                    assertThat(list(t.at(rule + "EventPattern/source"))).containsExactly("aws.lambda");
                    assertThat(list(t.at(rule + "EventPattern/detail-type")))
                            .containsExactly("Durable Execution Status Change");
                    assertThat(list(t.at(rule + "EventPattern/detail/status")))
                            .containsExactlyInAnyOrder("SUCCEEDED", "FAILED", "TIMED_OUT", "STOPPED");
                    assertThat(list(t.at(rule + "EventPattern/detail/functionArn")))
                            .map(Template::text)
                            .containsExactlyInAnyOrder("prefix {" + ARN.replaceFirst(" ", "=") + ":}", ARN);
                    assertThat(t.textAt(rule + "Targets/0/Arn")).isEqualTo("GetAtt EndedOrders.Arn");
                    assertThat(t.textAt(policy + "Queues/0")).isEqualTo("Ref EndedOrders");
                    assertThat(t.textAt(policy + "PolicyDocument/Statement/0/Principal"))
                            .isEqualTo("Service events.amazonaws.com");
                    assertThat(t.textAt(policy + "PolicyDocument/Statement/0/Condition/ArnEquals/aws:SourceArn"))
                            .isEqualTo("GetAtt EndedOrdersRule.Arn");
                })
                .failsWithout(rule + "EventPattern/detail/status/3")
                .failsWith(rule + "EventPattern/detail/status/0", "RUNNING")
                .failsWith(rule + "EventPattern/detail-type", List.of("Durable Execution Status"))
                .failsWithout(rule + "EventPattern/source")
                .failsWithout(rule + "EventPattern/detail/functionArn")
                .failsWithout(rule + "Targets/0")
                .failsWithout(policy + "PolicyDocument/Statement/0/Condition");
    }

    @Test
    void the_input_of_a_failed_execution_is_put_away() {
        Demand.of(template, t -> {
                    assertThat(t.at(FUNCTION + "DeadLetterQueue/Type")).isEqualTo("SQS");
                    assertThat(t.textAt(FUNCTION + "DeadLetterQueue/TargetArn")).isEqualTo("GetAtt FailedOrders.Arn");
                    assertThat(t.at("Resources/FailedOrders/Properties/MessageRetentionPeriod"))
                            .isEqualTo(14 * 24 * 60 * 60);
                    assertThat(Grants.byHolder(t).get("PlaceOrderRole"))
                            .contains("sqs:SendMessage on GetAtt FailedOrders.Arn");
                    assertThat(t.at(FUNCTION + "EventInvokeConfig"))
                            .as("durable functions have no destinations")
                            .isNull();
                })
                .failsWithout(FUNCTION + "DeadLetterQueue")
                .failsWith(FUNCTION + "DeadLetterQueue/TargetArn", Map.of("GetAtt", "EndedOrders.Arn"))
                .failsWithout("Resources/FailedOrders/Properties/MessageRetentionPeriod")
                .failsWithout(ROLE + "Policies/2")
                .failsWith(FUNCTION + "EventInvokeConfig", Map.of("DestinationConfig", Map.of()));
    }

    @Test
    void what_is_referred_to_is_there() {
        Demand.of(template, t -> assertThat(names(t)).containsAll(references(t.tree())))
                .failsWithout("Resources/FailedOrders")
                .failsWithout("Parameters/Release")
                .failsWith(FUNCTION + "FunctionName", Map.of("Sub", "${Stack}-place-order"));
    }

    private static Set<String> names(Template t) {
        Set<String> names = new TreeSet<>(map(t.at("Parameters")).keySet());
        names.addAll(map(t.at("Resources")).keySet());
        names.addAll(List.of("AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::StackName"));
        return names;
    }

    private static Set<String> references(Object node) {
        Set<String> found = new TreeSet<>();
        if (node instanceof List<?> list) {
            list.forEach(element -> found.addAll(references(element)));
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                found.addAll(references(value));
                if (key.equals("Ref") || key.equals("GetAtt")) {
                    found.add(String.valueOf(value).replaceFirst("\\..*", ""));
                } else if (key.equals("Sub")) {
                    Pattern.compile("\\$\\{([^.}]+)")
                            .matcher(String.valueOf(value))
                            .results()
                            .forEach(reference -> found.add(reference.group(1)));
                }
            });
        }
        return found;
    }
}
