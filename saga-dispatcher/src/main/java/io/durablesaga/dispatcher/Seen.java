package io.durablesaga.dispatcher;

/** What is said of an exception of somebody else's code: not its message, which may hold what a record says. */
final class Seen {
    private Seen() {}

    static String of(Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        return thrown.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
    }
}
