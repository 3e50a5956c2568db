package io.durablesaga.client;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What executions are started on: a numbered version of a function, or whichever version an alias points to.
 *
 * @param function the function's name, or its ARN without a qualifier
 * @param version the number, as the service writes it, or the alias
 */
record FunctionVersion(String function, String version) {
    private static final String FUNCTION =
            "((?:(?:arn:[a-z0-9-]+:lambda:[a-z0-9-]+:)?[0-9]{12}:function:)?[A-Za-z0-9_-]+)";
    private static final String NUMBER = "[1-9][0-9]{0,8}";
    private static final String ALIAS = "(?![0-9]+$)[A-Za-z0-9_-]{1,128}";
    private static final Pattern NUMBERED = Pattern.compile(FUNCTION + ":(" + NUMBER + ")");
    private static final Pattern QUALIFIED = Pattern.compile(FUNCTION + ":(" + NUMBER + "|" + ALIAS + ")");

    /**
     * Reads an ARN or a name that ends in a version number.
     *
     * @throws IllegalArgumentException naming saga, function and remedy
     */
    static FunctionVersion numbered(String saga, String text) {
        Matcher numbered = NUMBERED.matcher(text);
        if (!numbered.matches()) {
            throw new IllegalArgumentException("saga '" + saga + "', function '" + text + "': "
                    + wrong(
                            text,
                            "no version number: an alias can be moved to other code while executions are under way")
                    + "; give a numbered version, such as the ARN that !Ref PlaceOrderFunction.Version is in a template, or"
                    + " place-order:7");
        }
        return new FunctionVersion(numbered.group(1), numbered.group(2));
    }

    /**
     * Reads an ARN or a name that ends in a version number or an alias.
     *
     * @throws IllegalArgumentException naming function and remedy
     */
    static FunctionVersion qualified(String text) {
        Matcher qualified = QUALIFIED.matcher(text);
        if (!qualified.matches()) {
            throw new IllegalArgumentException(
                    "function '" + text + "': " + wrong(text, "neither a version number nor an alias")
                            + "; give a numbered version or an alias, by its ARN or such as place-order:7 or place-order:live");
        }
        return new FunctionVersion(qualified.group(1), qualified.group(2));
    }

    /** What is wrong with it, and with its qualifier if that is all. */
    private static String wrong(String text, String qualifier) {
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
            return "'" + last + "' is " + qualifier;
        }
        return "it is neither the ARN nor the name of a function's version";
    }

    /** The numbers of so many versions before this one, the latest first; none before an alias, which has no number. */
    List<String> earlier(int versions) {
        if (!isNumbered()) {
            return List.of();
        }
        int own = Integer.parseInt(version);
        return IntStream.rangeClosed(1, versions)
                .map(back -> own - back)
                .filter(number -> number > 0)
                .mapToObj(Integer::toString)
                .toList();
    }

    /** Whether it is a version that never changes, and no alias. */
    boolean isNumbered() {
        return version.matches(NUMBER);
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
