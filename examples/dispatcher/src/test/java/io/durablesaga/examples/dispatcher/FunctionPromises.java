package io.durablesaga.examples.dispatcher;

import static io.durablesaga.examples.dispatcher.Template.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.durablesaga.dispatcher.DispatchVariables;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What every template promises of itself and its function. */
final class FunctionPromises {
    static final String FUNCTION = "DispatchOrdersFunction";

    /** What handlers read beside what {@link DispatchVariables} does. */
    private static final Set<String> OF_HANDLERS = Set.of(
            "DISPATCH_FUNCTION",
            "DISPATCH_DEAD_LETTER_QUEUE",
            "DISPATCH_GUARD_TABLE",
            "DISPATCH_RESERVE",
            "DISPATCH_METRICS");

    private FunctionPromises() {}

    /** {@link Stack} refuses what refers to nothing. */
    static void everything_referred_to_is_there_and_every_parameter_is_for_something(Template template) {
        assertThat(Stack.of(template).parametersRead())
                .isEqualTo(map(template.at("Parameters")).keySet());
        Stack.of(template, Map.of("GuardTable", ""));
    }

    static void nothing_waits_for_itself(Template template) {
        assertThatCode(() -> Circles.none(template)).doesNotThrowAnyException();
    }

    static void its_head_says_what_it_deploys_and_what_lands_where(Template template) {
        List<String> header = template.header();
        assertThat(String.join(" ", header))
                .contains("one execution of", "however often", "What is not started stays somewhere:")
                .endsWith("A test reads this file and checks what it promises.");
        Stack stack = Stack.of(template);
        for (String type : List.of("AWS::SQS::Queue", "AWS::S3::Bucket")) {
            assertThat(stack.resources(type).keySet())
                    .filteredOn(name -> !Set.of("Orders", "RefusedOrdersExit").contains(name))
                    .allSatisfy(name -> assertThat(header)
                            .as("what lands in " + name)
                            .anyMatch(line -> line.startsWith(name + ":") || line.startsWith(name + ", a bucket:")));
        }
    }

    static void the_jar_and_the_sources_own_handler_are_deployed(Template template) {
        Stack stack = Stack.of(template);
        Class<?> handler = Source.of(template).handler;
        assertThat(stack.resources("AWS::Serverless::Function")).containsOnlyKeys(FUNCTION);
        assertThat(stack.textAt(FUNCTION, "Handler")).isEqualTo(handler.getName());
        assertThat(handler).isAssignableTo(RequestStreamHandler.class);
        assertThat(handler.getConstructors())
                .anyMatch(constructor ->
                        constructor.getParameterCount() == 0 && Modifier.isPublic(constructor.getModifiers()));
        assertThat(stack.textAt(FUNCTION, "CodeUri")).isEqualTo("target/dispatcher.jar");
        assertThat(stack.textAt(FUNCTION, "Runtime")).isEqualTo("java21");
        assertThat(stack.textAt(FUNCTION, "Architectures")).isEqualTo("[arm64]");
        assertThat(stack.at(FUNCTION, "DurableConfig"))
                .as("it is no durable function")
                .isNull();
        assertThat(stack.textAt(FUNCTION, "LoggingConfig/LogGroup")).isEqualTo("<DispatchOrdersLogs>");
        assertThat(stack.textAt("DispatchOrdersLogs", "RetentionInDays")).isEqualTo("30");
    }

    /** Five tries of five seconds, and what is between them, end before the handler has to answer. */
    static void an_invocation_has_time_for_all_tries_of_a_start(Template template) {
        assertThat(Stack.of(template).numberAt(FUNCTION, "Timeout")).isBetween(30, 900);
    }

    static void the_handler_understands_what_it_is_told(Template template) {
        Map<String, String> told = variables(Stack.of(template));
        DispatchVariables.read(told, OF_HANDLERS);
        assertThat(told)
                .containsEntry("DISPATCH_SCOPE", "orders")
                .containsEntry("DISPATCH_FUNCTION", Stack.PARAMETERS.get("PlaceOrderVersion"))
                .containsEntry("DISPATCH_DEAD_LETTER_QUEUE", "<RefusedOrders>")
                .containsEntry("DISPATCH_GUARD_TABLE", "starts")
                .containsKey("DISPATCH_KEY");
        assertThat(variables(Stack.of(template, Map.of("GuardTable", "")))).containsEntry("DISPATCH_GUARD_TABLE", "");
        assertThat(variables(Stack.of(template, Map.of("OrderKey", "/number"))))
                .containsEntry("DISPATCH_KEY", "/number");
    }

    static Map<String, String> variables(Stack stack) {
        Map<String, String> variables = new LinkedHashMap<>();
        map(stack.at(FUNCTION, "Environment/Variables"))
                .forEach((name, value) -> variables.put(name, String.valueOf(value)));
        return variables;
    }

    static void only_a_numbered_version_is_started(Template template) {
        Pattern allowed = Pattern.compile((String) template.at("Parameters/PlaceOrderVersion/AllowedPattern"));
        String function = "arn:aws:lambda:eu-west-1:111122223333:function:shop-place-order";
        assertThat(function + ":7").matches(allowed);
        assertThat("arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:shop:12")
                .matches(allowed);
        assertThat(List.of(function, function + ":$LATEST", function + ":live", function + ":0", "shop-place-order:7"))
                .noneMatch(allowed.asMatchPredicate());
        assertThat(map(template.at("Parameters/PlaceOrderVersion")))
                .as("whoever deploys says which")
                .doesNotContainKey("Default");
        Pattern table = Pattern.compile((String) template.at("Parameters/GuardTable/AllowedPattern"));
        assertThat(List.of("", "starts", "shop.starts-1")).allMatch(table.asMatchPredicate());
        assertThat(List.of("*", "a/b", "s")).noneMatch(table.asMatchPredicate());
        assertThat(template.at("Parameters/GuardTable/Default")).isEqualTo("");
    }
}
