package io.durablesaga.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The idempotency keys of effects: {@code <name>-<execution>-<effect>}, at most 64 characters of {@code [A-Za-z0-9_-]}. The
 * name is the last part of the step's path, for an undo after {@code undo-}, cut short and with {@code _} for any other
 * character, for whoever reads it in a provider's console; the execution part is the same for all keys of one execution, so
 * that a key leads back to it; the effect part tells path and direction apart. The format is stable: keys are with providers
 * for as long as executions and their providers remember.
 */
public final class EffectKeys {
    private static final int LONGEST_NAME = 22;
    private static final int EXECUTION_DIGITS = 16;
    private static final int EFFECT_DIGITS = 24;
    private static final Pattern KEY =
            Pattern.compile("[A-Za-z0-9_-]{1,22}-([0-9a-f]{" + EXECUTION_DIGITS + "})-[0-9a-f]{" + EFFECT_DIGITS + "}");

    /** The last part that was asked for: a process mostly works on few executions at a time, and a digest takes its time. */
    private static volatile ExecutionPart last =
            new ExecutionPart("", Sha256.hex("").substring(0, EXECUTION_DIGITS));

    private record ExecutionPart(String id, String part) {}

    private EffectKeys() {}

    /** The key of the action at this path. */
    public static String action(ExecutionIdentity execution, String path) {
        return key("", execution, "action", path);
    }

    /** The key of the undo of the action at this path. */
    public static String undo(ExecutionIdentity execution, String path) {
        return key("undo-", execution, "undo", path);
    }

    /** What all keys of this execution have in common. */
    public static String executionPart(String executionId) {
        ExecutionPart known = last;
        if (!known.id().equals(executionId)) {
            known = new ExecutionPart(executionId, Sha256.hex(executionId).substring(0, EXECUTION_DIGITS));
            last = known;
        }
        return known.part();
    }

    /** The part of a key that leads back to its execution, or empty if it is not one of these keys. */
    public static Optional<String> executionPartOf(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String key(String prefix, ExecutionIdentity execution, String direction, String path) {
        StringBuilder key = new StringBuilder(64).append(prefix);
        for (int at = path.lastIndexOf('/') + 1; at < path.length() && key.length() < LONGEST_NAME; at++) {
            key.append(inKeys(path.charAt(at)) ? path.charAt(at) : '_');
        }
        String effect =
                Sha256.hex(execution.id() + '\n' + direction + '\n' + path).substring(0, EFFECT_DIGITS);
        return key.append('-')
                .append(executionPart(execution.id()))
                .append('-')
                .append(effect)
                .toString();
    }

    private static boolean inKeys(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }
}
