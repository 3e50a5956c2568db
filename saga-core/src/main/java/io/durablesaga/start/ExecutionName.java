package io.durablesaga.start;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an execution may be called, on every engine. */
public final class ExecutionName {
    /** The longest name. */
    public static final int LONGEST = 64;

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9_-]{1," + LONGEST + "}");

    private ExecutionName() {}

    /** Whether it has 1 to 64 letters, digits, '-' or '_'. */
    public static boolean isLegal(@Nullable String name) {
        return name != null && LEGAL.matcher(name).matches();
    }
}
