package io.durablesaga.lambda.deployment;

import static io.durablesaga.lambda.deployment.Template.list;
import static io.durablesaga.lambda.deployment.Template.map;
import static io.durablesaga.lambda.deployment.Template.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a template's policies allow. */
final class Grants {
    /**
     * One thing that is allowed.
     *
     * @param holder the resource that the policy is part of
     */
    record Grant(String holder, String action, String resource) {}

    private Grants() {}

    /** All there are, in roles, policies and policies of queues. */
    static List<Grant> of(Template template) {
        return Stream.of("AWS::IAM::Role", "AWS::IAM::ManagedPolicy", "AWS::SQS::QueuePolicy")
                .flatMap(type -> template.resources(type).entrySet().stream())
                .flatMap(holder -> documents(holder).flatMap(document -> grants(holder.getKey(), document)))
                .toList();
    }

    /** What each resource of a template allows, as {@code action on resource}. */
    static Map<String, List<String>> byHolder(Template template) {
        return of(template).stream()
                .collect(Collectors.groupingBy(
                        Grant::holder,
                        Collectors.mapping(grant -> grant.action() + " on " + grant.resource(), Collectors.toList())));
    }

    private static Stream<Object> documents(Map.Entry<String, Object> holder) {
        Map<String, Object> properties = map(map(holder.getValue()).get("Properties"));
        return Stream.concat(
                Stream.ofNullable(properties.get("PolicyDocument")),
                list(properties.get("Policies")).stream()
                        .map(policy -> map(policy).get("PolicyDocument")));
    }

    private static Stream<Grant> grants(String holder, Object document) {
        return list(map(document).get("Statement")).stream()
                .map(Template::map)
                .filter(statement -> "Allow".equals(statement.get("Effect")))
                .flatMap(statement -> list(statement.get("Action")).stream()
                        .flatMap(action -> list(statement.get("Resource")).stream()
                                .map(resource -> new Grant(holder, text(action), text(resource)))));
    }
}
