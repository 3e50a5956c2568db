package io.durablesaga.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One numbered version of a function.
 *
 * @param function the function's name, or its ARN without a qualifier
 * @param version the number, as the service writes it
 */
record FunctionVersion(String function, String version) {
    private static final Pattern NUMBERED = Pattern.compile(
            "((?:(?:arn:[a-z0-9-]+:lambda:[a-z0-9-]+:)?[0-9]{12}:function:)?[A-Za-z0-9_-]+):([1-9][0-9]{0,8})");

    /**
     * Reads an ARN or a name that ends in a version number.
     *
     * @throws IllegalArgumentException naming saga, function and remedy
     */
    static FunctionVersion of(String saga, String text) {
        Matcher numbered = NUMBERED.matcher(text);
        if (!numbered.matches()) {
            throw new IllegalArgumentException("saga '" + saga + "', function '" + text + "': " + wrong(text)
                    + "; give a numbered version, such as the ARN that !Ref PlaceOrderFunction.Version is in a template, or"
                    + " place-order:7");
        }
        return new FunctionVersion(numbered.group(1), numbered.group(2));
    }

    private static String wrong(String text) {
        if (text.endsWith(":$LATEST")) {
            return "$LATEST changes with every deployment, and an execution that is under way then meets code it was not"
                    + " started with";
        }
        String[] parts = text.split(":", -1);
        boolean arn = parts.length >= 7 && text.startsWith("arn:");
        if (parts.length == 1 || parts.length == 3 || (arn && parts.length == 7)) {
            return "it names no version, and an execution keeps the version it was started on";
        }
        String last = parts[parts.length - 1];
        if (!last.matches("[1-9][0-9]*") && (parts.length == 2 || parts.length == 4 || (arn && parts.length == 8))) {
            return "'" + last + "' is no version number: an alias can be moved to other code while"
                    + " executions are under way";
        }
        return "it is neither the ARN nor the name of a function's version";
    }

    /** The bare name of the function. */
    String name() {
        return function.substring(function.lastIndexOf(':') + 1);
    }

    /** Whether an execution with this ARN is one of this function's, of whichever version. */
    boolean owns(String executionArn) {
        return function.startsWith("arn:")
                ? executionArn.startsWith(function + ":")
                : executionArn.contains(":function:" + name() + ":");
    }

    @Override
    public String toString() {
        return function + ":" + version;
    }
}
