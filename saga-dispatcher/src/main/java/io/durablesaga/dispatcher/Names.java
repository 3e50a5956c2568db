package io.durablesaga.dispatcher;

import io.durablesaga.engine.Sha256;
import io.durablesaga.start.ExecutionName;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What records' executions are called: {@code scope--rest}, or {@code scope--rest--2} for the second attempt. This format is stable:
 * a record that comes again must get the name it had.
 *
 * <ul>
 *   <li>A business key of at most 39 letters, digits, '-' and '_' that has no {@code --} and no '-' at either end stands as it is:
 *       {@code orders--4711}.
 *   <li>Any other business key becomes the first 40 hex digits of the SHA-256 of {@code "key:"} and itself, as UTF-8.
 *   <li>An origin becomes the first 40 hex digits of the SHA-256 of {@code "origin:"}, kind, place and id, each after its length in
 *       UTF-16 units and a colon.
 * </ul>
 *
 * <p>A scope has no {@code --} and no '-' at either end, and a key that stands as it is has less than 40 characters; so no two
 * scopes, no key and no origin, and no two attempts ever share a name, but for SHA-256. Immutable.
 */
public final class Names {
    static final int LONGEST_SCOPE = 17;
    static final int MOST_ATTEMPTS = 999;
    private static final String SEPARATOR = "--";
    private static final int DIGITS = 40;
    private static final Pattern PART = Pattern.compile("(?!-)(?!.*--)[a-zA-Z0-9_-]+(?<!-)");
    private static final Pattern ATTEMPT = Pattern.compile("(.+?--.+)--([0-9]{1,3})");

    private final String scope;

    private Names(String scope) {
        this.scope = scope;
    }

    /**
     * Names of this scope. Dispatchers of one saga share a scope, so that a key is one execution wherever it comes from; dispatchers
     * of different sagas never do.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Names of(String scope) {
        if (Objects.requireNonNull(scope, "scope").length() > LONGEST_SCOPE
                || !PART.matcher(scope).matches()) {
            throw new IllegalArgumentException("scope '" + scope + "': 1 to " + LONGEST_SCOPE
                    + " letters, digits, '_' and '-', without '--' and no '-' at either end");
        }
        return new Names(scope);
    }

    /** The name of a business key. */
    public String ofKey(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("an empty key names nothing");
        }
        boolean asItIs = key.length() < DIGITS && PART.matcher(key).matches();
        return scope + SEPARATOR + (asItIs ? key : hash("key:" + key));
    }

    /** The name of a record that has no business key. */
    public String ofOrigin(Origin origin) {
        return scope + SEPARATOR + hash("origin:" + sized(origin.kind()) + sized(origin.place()) + sized(origin.id()));
    }

    /** Whether this is the name of a first attempt in this scope. */
    public boolean isFirst(String name) {
        String prefix = scope + SEPARATOR;
        return ExecutionName.isLegal(name)
                && name.startsWith(prefix)
                && name.length() <= prefix.length() + DIGITS
                && PART.matcher(name.substring(prefix.length())).matches();
    }

    /** The name of an attempt, counted from 1. */
    public String ofAttempt(String first, int attempt) {
        if (!isFirst(first)) {
            throw new IllegalArgumentException(
                    "'" + first + "' is not the name of a first attempt in scope '" + scope + "'");
        }
        if (attempt < 1 || attempt > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("attempt " + attempt + ": 1 to " + MOST_ATTEMPTS);
        }
        return attempt == 1 ? first : first + SEPARATOR + attempt;
    }

    /** Which attempt a name is, counted from 1. */
    public static int attempt(String name) {
        Matcher matcher = ATTEMPT.matcher(name);
        return matcher.matches() ? Integer.parseInt(matcher.group(2)) : 1;
    }

    /** The first attempt's name, of whichever attempt's. */
    static String first(String name) {
        Matcher matcher = ATTEMPT.matcher(name);
        return matcher.matches() ? matcher.group(1) : name;
    }

    /** The scope itself. */
    public String scope() {
        return scope;
    }

    private static String sized(String part) {
        return part.length() + ":" + part;
    }

    private static String hash(String text) {
        return Sha256.hex(text).substring(0, DIGITS);
    }
}
