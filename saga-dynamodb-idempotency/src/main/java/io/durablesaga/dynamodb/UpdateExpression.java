package io.durablesaga.dynamodb;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An update expression, taken apart into its clauses so that more can be written along: DynamoDB takes each clause once. What is in
 * the clauses is not looked at; a mistake there stays one. Immutable.
 */
final class UpdateExpression {
    /** What begins a clause. These are reserved words: no attribute is called so in an expression, not even in a path. */
    enum Clause {
        SET,
        REMOVE,
        ADD,
        DELETE
    }

    private static final Pattern KEYWORD = Pattern.compile(
            "(?<![\\w#:.])(SET|REMOVE|ADD|DELETE)(?![\\w.])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private final Map<Clause, String> clauses;

    private UpdateExpression(Map<Clause, String> clauses) {
        this.clauses = clauses;
    }

    static UpdateExpression none() {
        return new UpdateExpression(new EnumMap<>(Clause.class));
    }

    /** @throws IllegalArgumentException if it does not begin with a clause, or has one twice */
    static UpdateExpression parse(String expression) {
        Map<Clause, String> clauses = new EnumMap<>(Clause.class);
        Matcher keyword = KEYWORD.matcher(expression);
        if (!keyword.find() || !expression.substring(0, keyword.start()).isBlank()) {
            throw new IllegalArgumentException(
                    "updateExpression: \"" + expression
                            + "\" begins with none of SET, REMOVE, ADD and DELETE; where there is nothing to update, give none");
        }
        boolean more = true;
        while (more) {
            Clause clause = Clause.valueOf(keyword.group(1).toUpperCase(Locale.ROOT));
            int from = keyword.end();
            more = keyword.find();
            String text = expression.substring(from, more ? keyword.start() : expression.length());
            if (clauses.put(clause, text.strip()) != null) {
                throw new IllegalArgumentException(
                        "updateExpression: " + clause + " occurs twice; write it once, with commas in between");
            }
        }
        return new UpdateExpression(clauses);
    }

    /** With this in the clause, too. */
    UpdateExpression and(Clause clause, String addition) {
        Map<Clause, String> more = new EnumMap<>(clauses);
        more.merge(clause, addition, (own, added) -> own + ", " + added);
        return new UpdateExpression(more);
    }

    @Override
    public String toString() {
        return clauses.entrySet().stream()
                .map(clause -> clause.getKey() + " " + clause.getValue())
                .collect(Collectors.joining(" "));
    }
}
