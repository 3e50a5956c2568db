package io.durablesaga.lambda.deployment;

import static io.durablesaga.lambda.deployment.Template.list;
import static io.durablesaga.lambda.deployment.Template.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may do what under examples/aws/template.yaml. */
class PermissionTest {
    private static final String ROLE = "Resources/PlaceOrderRole/Properties/";
    private static final String ARN =
            "Sub arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${AWS::StackName}-place-order";
    private static final String EXECUTIONS = ARN + ":*";

    private Template template;

    @BeforeEach
    void read() throws IOException {
        template = Template.read(Path.of("..", "examples", "aws", "template.yaml"));
    }

    @Test
    void no_action_is_a_wildcard() {
        String action = "Resources/AnswerOrders/Properties/PolicyDocument/Statement/0/Action";
        Demand.of(
                        template,
                        t -> assertThat(Grants.of(t))
                                .isNotEmpty()
                                .noneMatch(grant -> grant.action().contains("*")))
                .failsWith(action, "lambda:*")
                .failsWith(action + "/1", "lambda:SendDurableExecutionCallback*")
                .failsWith(ROLE + "Policies/0/PolicyDocument/Statement/0/Action", "*");
    }

    @Test
    void no_resource_is_everything() {
        String resource = "Resources/OperateOrders/Properties/PolicyDocument/Statement/1/Resource";
        Demand.of(
                        template,
                        t -> assertThat(Grants.of(t))
                                .isNotEmpty()
                                .noneMatch(grant -> grant.resource().matches("\\*|.*:function:\\*.*|.*\\*:.*")))
                .failsWith(resource, "*")
                .failsWith(resource + "/1", "arn:aws:lambda:eu-west-1:123456789012:function:*")
                .failsWith(resource + "/1", "arn:aws:lambda:*:123456789012:function:place-order");
    }

    @Test
    void everybody_may_do_their_job_and_nothing_else() {
        Demand.of(template, t -> assertThat(Grants.byHolder(t)).isEqualTo(jobs()))
                .failsWith(ROLE + "Policies/0/PolicyDocument/Statement/0/Action/1", "lambda:InvokeFunction")
                .failsWithout(ROLE + "Policies/0")
                .failsWith(ROLE + "Policies/1/PolicyDocument/Statement/0/Resource", "*")
                .failsWith(
                        "Resources/StartOrders/Properties/PolicyDocument/Statement/0/Resource",
                        Map.of("Ref", "PlaceOrderFunction.Alias"))
                .failsWith(
                        "Resources/StartOrders/Properties/PolicyDocument/Statement/0/Resource",
                        Map.of("GetAtt", "PlaceOrderFunction.Arn"))
                .failsWithout("Resources/AnswerOrders/Properties/PolicyDocument/Statement/0/Action/2")
                .failsWithout("Resources/OperateOrders/Properties/PolicyDocument/Statement/1/Resource/0")
                .failsWith(
                        "Resources/AnybodysOrders",
                        Map.of(
                                "Type",
                                "AWS::IAM::ManagedPolicy",
                                "Properties",
                                map(template.at("Resources/StartOrders/Properties"))));
    }

    private static Map<String, List<String>> jobs() {
        return Map.of(
                "PlaceOrderRole",
                List.of(
                        "lambda:CheckpointDurableExecution on " + EXECUTIONS,
                        "lambda:GetDurableExecutionState on " + EXECUTIONS,
                        "logs:CreateLogStream on GetAtt PlaceOrderLogs.Arn",
                        "logs:PutLogEvents on GetAtt PlaceOrderLogs.Arn",
                        "sqs:SendMessage on GetAtt FailedOrders.Arn"),
                "StartOrders",
                List.of("lambda:InvokeFunction on Ref PlaceOrderFunction.Version"),
                "AnswerOrders",
                List.of(
                        "lambda:SendDurableExecutionCallbackSuccess on " + EXECUTIONS,
                        "lambda:SendDurableExecutionCallbackFailure on " + EXECUTIONS,
                        "lambda:SendDurableExecutionCallbackHeartbeat on " + EXECUTIONS),
                "OperateOrders",
                List.of(
                        "lambda:GetDurableExecution on " + EXECUTIONS,
                        "lambda:GetDurableExecutionHistory on " + EXECUTIONS,
                        "lambda:SendDurableExecutionCallbackSuccess on " + EXECUTIONS,
                        "lambda:StopDurableExecution on " + EXECUTIONS,
                        "lambda:ListDurableExecutionsByFunction on " + ARN,
                        "lambda:ListDurableExecutionsByFunction on " + EXECUTIONS),
                "EndedOrdersPolicy",
                List.of("sqs:SendMessage on GetAtt EndedOrders.Arn"));
    }

    @Test
    void only_lambda_takes_on_the_functions_role() {
        String trust = ROLE + "AssumeRolePolicyDocument/Statement/0/";
        Demand.of(template, t -> {
                    assertThat(t.textAt("Resources/PlaceOrderFunction/Properties/Role"))
                            .isEqualTo("GetAtt PlaceOrderRole.Arn");
                    assertThat(list(t.at(ROLE + "AssumeRolePolicyDocument/Statement")))
                            .hasSize(1);
                    assertThat(t.textAt(trust + "Principal")).isEqualTo("Service lambda.amazonaws.com");
                    assertThat(t.textAt(trust + "Action")).isEqualTo("sts:AssumeRole");
                    assertThat(t.resources("AWS::IAM::Role")).containsOnlyKeys("PlaceOrderRole");
                })
                .failsWith(trust + "Principal", Map.of("AWS", "*"))
                .failsWithout("Resources/PlaceOrderFunction/Properties/Role");
    }
}
