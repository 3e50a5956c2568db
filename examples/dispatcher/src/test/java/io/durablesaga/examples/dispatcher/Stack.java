package io.durablesaga.examples.dispatcher;

import static io.durablesaga.examples.dispatcher.Template.list;
import static io.durablesaga.examples.dispatcher.Template.map;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template as CloudFormation makes a stack of it: with parameters, and all functions evaluated. What is only known when a resource is
 * made stands between angle brackets: {@code <Orders>} is what {@code !Ref Orders} is, {@code <Orders.Arn>} its ARN. What refers to
 * nothing is refused, as is a parameter without a value.
 */
final class Stack {
    /** What a deployment hands over, of which every template takes a part. */
    static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("PlaceOrderVersion", "arn:aws:lambda:eu-west-1:111122223333:function:shop-place-order:7"),
            Map.entry("OrderAlarmsTopic", "arn:aws:sns:eu-west-1:111122223333:shop-OrderAlarms-1A2B"),
            Map.entry("GuardTable", "starts"),
            Map.entry("OrdersBucketName", "shop-orders"),
            Map.entry("Cluster", "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/5e4d-8f"),
            Map.entry("BootstrapServers", "one.kafka.example:9096,two.kafka.example:9096"),
            Map.entry("Credentials", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_shop-Ab1"),
            Map.entry("FirstSubnet", "subnet-1"),
            Map.entry("SecondSubnet", "subnet-2"),
            Map.entry("SecurityGroup", "sg-1"),
            Map.entry("StartingPosition", "LATEST"));

    private static final Map<String, String> PSEUDO = Map.of(
            "AWS::Partition", "aws",
            "AWS::Region", "eu-west-1",
            "AWS::AccountId", "111122223333",
            "AWS::StackName", "shop-orders-in");

    private static final Set<String> FUNCTIONS =
            Set.of("Ref", "GetAtt", "Sub", "Select", "Split", "If", "Not", "Equals");
    private static final Map<String, Set<String>> ATTRIBUTES = Map.of(
            "AWS::DynamoDB::Table", Set.of("Arn", "StreamArn"),
            "AWS::Events::Rule", Set.of("Arn"),
            "AWS::IAM::Role", Set.of("Arn"),
            "AWS::Kinesis::Stream", Set.of("Arn"),
            "AWS::Logs::LogGroup", Set.of("Arn"),
            "AWS::S3::Bucket", Set.of("Arn"),
            "AWS::SNS::Topic", Set.of("TopicName"),
            "AWS::SQS::Queue", Set.of("Arn", "QueueName"),
            "AWS::Scheduler::ScheduleGroup", Set.of("Arn"),
            "AWS::Serverless::Function", Set.of("Arn"));

    /** What a function yields that says to leave its place out. */
    private static final Object NO_VALUE = new Object();

    private final Template template;
    private final Map<String, Object> parameters = new HashMap<>();
    private final Set<String> read = new TreeSet<>();
    private final Map<String, Object> tree;

    private Stack(Template template, Map<String, String> given) {
        this.template = template;
        map(template.at("Parameters")).forEach((name, parameter) -> {
            Object value = given.getOrDefault(name, text(map(parameter).get("Default")));
            if (value == null) {
                throw new IllegalArgumentException("no value for parameter " + name);
            }
            parameters.put(name, value);
        });
        Map<String, Object> evaluated = new LinkedHashMap<>();
        for (String part : List.of("Resources", "Outputs")) {
            evaluated.put(part, evaluate(template.at(part)));
        }
        this.tree = evaluated;
    }

    static Stack of(Template template) {
        return new Stack(template, PARAMETERS);
    }

    /** With other parameters than {@link #PARAMETERS}. */
    static Stack of(Template template, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(PARAMETERS);
        all.putAll(others);
        return new Stack(template, all);
    }

    /** All resources of this type: their properties, by name. */
    Map<String, Map<String, Object>> resources(String type) {
        Map<String, Map<String, Object>> found = new TreeMap<>();
        map(tree.get("Resources")).forEach((name, resource) -> {
            if (type.equals(map(resource).get("Type"))) {
                found.put(name, map(map(resource).get("Properties")));
            }
        });
        return found;
    }

    /** What stands at a place below a resource's properties, or null. */
    Object at(String resource, String path) {
        Object properties = map(map(tree.get("Resources")).get(resource)).get("Properties");
        return new Template("", "", map(properties)).at(path);
    }

    /** What stands at a place as text, empty if there is nothing. */
    String textAt(String resource, String path) {
        return Objects.toString(at(resource, path), "");
    }

    /** A whole number that stands at a place, or -2 if there is none. */
    int numberAt(String resource, String path) {
        return at(resource, path) instanceof Integer number ? number : -2;
    }

    /** The parameters that something depends on. */
    Set<String> parametersRead() {
        return read;
    }

    private Object evaluate(Object node) {
        if (node instanceof List<?> elements) {
            List<Object> evaluated = new ArrayList<>();
            elements.forEach(element -> evaluated.add(evaluate(element)));
            evaluated.removeIf(element -> element == NO_VALUE);
            return evaluated;
        }
        if (!(node instanceof Map<?, ?>)) {
            return node;
        }
        Map<String, Object> map = map(node);
        if (map.size() == 1 && FUNCTIONS.contains(map.keySet().iterator().next())) {
            return function(
                    map.keySet().iterator().next(), map.values().iterator().next());
        }
        Map<String, Object> evaluated = new LinkedHashMap<>();
        map.forEach((key, value) -> evaluated.put(key, evaluate(value)));
        evaluated.values().removeIf(value -> value == NO_VALUE);
        return evaluated;
    }

    private Object function(String name, Object argument) {
        List<Object> arguments = list(argument);
        return switch (name) {
            case "Ref" -> referred((String) argument);
            case "GetAtt" -> attribute((String) argument);
            case "Sub" ->
                arguments.size() == 1
                        ? filled((String) argument, Map.of())
                        : filled((String) arguments.get(0), map(evaluate(arguments.get(1))));
            case "Select" -> list(evaluate(arguments.get(1))).get((Integer) arguments.get(0));
            case "Split" ->
                List.of(text(evaluate(arguments.get(1))).split(Pattern.quote((String) arguments.get(0)), -1));
            case "If" -> evaluate(arguments.get(condition((String) arguments.get(0)) ? 1 : 2));
            case "Not" -> !(Boolean) evaluate(arguments.get(0));
            case "Equals" -> Objects.equals(text(evaluate(arguments.get(0))), text(evaluate(arguments.get(1))));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private boolean condition(String name) {
        Object condition = map(template.at("Conditions")).get(name);
        if (condition == null) {
            throw new IllegalArgumentException("there is no condition " + name);
        }
        return (Boolean) evaluate(condition);
    }

    private Object referred(String name) {
        if (name.equals("AWS::NoValue")) {
            return NO_VALUE;
        }
        if (PSEUDO.containsKey(name)) {
            return PSEUDO.get(name);
        }
        if (parameters.containsKey(name)) {
            read.add(name);
            return parameters.get(name);
        }
        typeOf(name);
        return "<" + name + ">";
    }

    private String attribute(String reference) {
        String[] parts = reference.split("\\.", 2);
        if (parts.length < 2
                || !ATTRIBUTES.getOrDefault(typeOf(parts[0]), Set.of()).contains(parts[1])) {
            throw new IllegalArgumentException("there is no attribute " + reference);
        }
        return "<" + reference + ">";
    }

    private String typeOf(String resource) {
        Object found = map(template.at("Resources")).get(resource);
        if (found == null) {
            throw new IllegalArgumentException("there is nothing called " + resource);
        }
        return (String) map(found).get("Type");
    }

    private String filled(String pattern, Map<String, Object> locals) {
        Matcher places = Pattern.compile("\\$\\{([^}]+)}").matcher(pattern);
        StringBuilder filled = new StringBuilder();
        while (places.find()) {
            String name = places.group(1);
            Object value =
                    locals.containsKey(name) ? locals.get(name) : name.contains(".") ? attribute(name) : referred(name);
            places.appendReplacement(filled, Matcher.quoteReplacement(text(value)));
        }
        return places.appendTail(filled).toString();
    }

    private static String text(Object value) {
        return value == null ? null : String.valueOf(value);
    }
}
