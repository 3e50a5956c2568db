package io.durablesaga.examples.dispatcher;

import static io.durablesaga.examples.dispatcher.Template.list;
import static io.durablesaga.examples.dispatcher.Template.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.examples.dispatcher.Source.Delivery;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What templates promise of who may do what. */
final class PermissionPromises {
    private static final String ROLE = "DispatchOrdersRole";
    private static final String PLACE_ORDER = "arn:aws:lambda:eu-west-1:111122223333:function:shop-place-order";
    private static final String REMEMBER =
            "dynamodb:UpdateItem on arn:aws:dynamodb:eu-west-1:111122223333:table/starts";

    /** All that the services know no resource for. */
    private static final Set<String> WITHOUT_RESOURCE = Set.of(
            "dynamodb:ListStreams on *",
            "ec2:DescribeNetworkInterfaces on *",
            "ec2:DescribeSecurityGroups on *",
            "ec2:DescribeSubnets on *",
            "ec2:DescribeVpcs on *",
            "kafka:GetBootstrapBrokers on *");

    private PermissionPromises() {}

    static void everybody_may_do_their_job_and_nothing_else(Template template) {
        assertThat(Grants.of(Stack.of(template))).isEqualTo(jobs(Source.of(template), true));
        assertThat(Grants.of(Stack.of(template, Map.of("GuardTable", "")))).isEqualTo(jobs(Source.of(template), false));
    }

    private static Map<String, Set<String>> jobs(Source source, boolean guarded) {
        Map<String, Set<String>> jobs = new TreeMap<>();
        jobs.put(ROLE, dispatching(source, guarded));
        switch (source) {
            case EVENTBRIDGE, SNS ->
                jobs.put("UndeliveredOrdersPolicy", Set.of("sqs:SendMessage on <UndeliveredOrders.Arn>"));
            case SCHEDULER ->
                jobs.put(
                        "ScheduleRole",
                        Set.of(
                                "lambda:InvokeFunction on <DispatchOrdersFunction.Arn>",
                                "sqs:SendMessage on <UndeliveredOrders.Arn>"));
            default -> {}
        }
        return jobs;
    }

    /** What {@code LambdaStarter}, {@code SqsDeadLetters}, the start guard and Lambda's pollers call. */
    private static Set<String> dispatching(Source source, boolean guarded) {
        Set<String> job = new TreeSet<>(Set.of(
                "lambda:InvokeFunction on " + PLACE_ORDER + ":7",
                "lambda:GetDurableExecution on " + PLACE_ORDER + ":*",
                "lambda:ListDurableExecutionsByFunction on " + PLACE_ORDER,
                "lambda:ListDurableExecutionsByFunction on " + PLACE_ORDER + ":*",
                "sqs:SendMessage on <RefusedOrders.Arn>",
                "logs:CreateLogStream on <DispatchOrdersLogs.Arn>",
                "logs:PutLogEvents on <DispatchOrdersLogs.Arn>"));
        job.addAll(source.reads);
        if (guarded) {
            job.add(REMEMBER);
        }
        if (source.isRead()) {
            job.add("s3:PutObject on <UndeliveredOrders.Arn>/*");
            job.add("s3:ListBucket on <UndeliveredOrders.Arn>");
        }
        if (source.delivery == Delivery.INVOCATION) {
            job.add("sqs:SendMessage on <AbandonedOrders.Arn>");
        }
        return job;
    }

    static void no_action_is_a_wildcard_and_no_resource_that_could_be_named(Template template) {
        for (Set<String> grants : Grants.of(Stack.of(template)).values()) {
            assertThat(grants)
                    .filteredOn(grant -> !WITHOUT_RESOURCE.contains(grant))
                    .allSatisfy(grant -> assertThat(grant)
                            .doesNotMatch("[^ ]*\\*.* on .*")
                            .doesNotMatch(".* on \\*")
                            .doesNotMatch(".*:function:\\*.*")
                            .doesNotMatch(".*\\*:.*"));
        }
    }

    static void only_the_service_itself_takes_on_a_role(Template template) {
        Stack stack = Stack.of(template);
        assertThat(stack.textAt(FunctionPromises.FUNCTION, "Role")).isEqualTo("<" + ROLE + ".Arn>");
        assertThat(stack.at(FunctionPromises.FUNCTION, "Policies")).isNull();
        stack.resources("AWS::IAM::Role").forEach((name, role) -> {
            assertThat(role).as(name).doesNotContainKey("ManagedPolicyArns");
            Object statements = map(role.get("AssumeRolePolicyDocument")).get("Statement");
            assertThat(list(statements)).as(name).hasSize(1);
            Map<String, Object> statement = map(list(statements).get(0));
            boolean lambda = name.equals(ROLE);
            assertThat(statement)
                    .as(name)
                    .containsEntry("Action", "sts:AssumeRole")
                    .containsEntry(
                            "Principal",
                            Map.of("Service", lambda ? "lambda.amazonaws.com" : "scheduler.amazonaws.com"));
            if (!lambda) {
                assertThat(map(statement.get("Condition")))
                        .containsEntry(
                                "StringEquals",
                                Map.of(
                                        "aws:SourceAccount", "111122223333",
                                        "aws:SourceArn", "<StandingOrders.Arn>"));
            }
        });
    }

    static void only_the_source_itself_invokes_the_function_and_fills_its_queue(Template template) {
        Stack stack = Stack.of(template);
        String arn = switch (Source.of(template)) {
            case EVENTBRIDGE -> "<OrdersRule.Arn>";
            case SNS -> "<Orders>";
            case S3 -> "arn:aws:s3:::shop-orders";
            default -> "";
        };
        if (arn.isEmpty()) {
            assertThat(stack.resources("AWS::Lambda::Permission")).isEmpty();
            assertThat(stack.resources("AWS::SQS::QueuePolicy")).isEmpty();
            return;
        }
        String service = Source.of(template) == Source.EVENTBRIDGE
                ? "events.amazonaws.com"
                : Source.of(template).name().toLowerCase(Locale.ROOT) + ".amazonaws.com";
        assertThat(stack.resources("AWS::Lambda::Permission")).containsOnlyKeys("OrdersPermission");
        assertThat(map(stack.resources("AWS::Lambda::Permission").get("OrdersPermission")))
                .containsEntry("FunctionName", "<DispatchOrdersFunction>")
                .containsEntry("Action", "lambda:InvokeFunction")
                .containsEntry("Principal", service)
                .containsEntry("SourceArn", arn);
        if (Source.of(template) == Source.S3) {
            assertThat(stack.textAt("OrdersPermission", "SourceAccount"))
                    .as("a bucket's name can be anybody's")
                    .isEqualTo("111122223333");
            return;
        }
        String policy = "PolicyDocument/Statement/0/";
        assertThat(stack.textAt("UndeliveredOrdersPolicy", "Queues")).isEqualTo("[<UndeliveredOrders>]");
        assertThat(stack.textAt("UndeliveredOrdersPolicy", policy + "Principal/Service"))
                .isEqualTo(service);
        assertThat(stack.textAt("UndeliveredOrdersPolicy", policy + "Condition/ArnEquals/aws:SourceArn"))
                .isEqualTo(arn);
    }
}
