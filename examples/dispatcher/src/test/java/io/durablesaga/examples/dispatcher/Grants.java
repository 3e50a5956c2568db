package io.durablesaga.examples.dispatcher;

import static io.durablesaga.examples.dispatcher.Template.list;
import static io.durablesaga.examples.dispatcher.Template.map;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a stack's roles and policies of queues allow: {@code action on resource}, by whose it is. */
final class Grants {
    private Grants() {}

    static Map<String, Set<String>> of(Stack stack) {
        Map<String, Set<String>> grants = new TreeMap<>();
        stack.resources("AWS::IAM::Role").forEach((name, role) -> grants.put(name, ofRole(role)));
        stack.resources("AWS::SQS::QueuePolicy")
                .forEach((name, policy) -> grants.put(name, ofDocument(policy.get("PolicyDocument"))));
        return grants;
    }

    private static Set<String> ofRole(Map<String, Object> role) {
        Set<String> grants = new TreeSet<>();
        for (Object policy : list(role.get("Policies"))) {
            grants.addAll(ofDocument(map(policy).get("PolicyDocument")));
        }
        return grants;
    }

    private static Set<String> ofDocument(Object document) {
        Set<String> grants = new TreeSet<>();
        for (Object statement : list(map(document).get("Statement"))) {
            List<Object> resources = list(map(statement).get("Resource"));
            for (Object action : list(map(statement).get("Action"))) {
                resources.forEach(resource -> grants.add(action + " on " + resource));
            }
        }
        return grants;
    }
}
