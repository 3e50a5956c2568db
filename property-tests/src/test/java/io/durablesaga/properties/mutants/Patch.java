package io.durablesaga.properties.mutants;

/**
 * A change of one source file.
 *
 * @param file its path in the project
 * @param text what is replaced; stands there exactly once
 * @param replacement what it is replaced by
 */
record Patch(String file, String text, String replacement) {

    /** A change of the executor. */
    static Patch ofExecutor(String className, String text, String replacement) {
        return new Patch("saga-core/src/main/java/io/durablesaga/run/" + className + ".java", text, replacement);
    }

    /** A change of the simulated engine. */
    static Patch ofSimulation(String className, String text, String replacement) {
        return new Patch(
                "saga-testing/src/main/java/io/durablesaga/testing/simulation/" + className + ".java",
                text,
                replacement);
    }

    /** A change of the embedded engine. */
    static Patch ofEmbedded(String className, String text, String replacement) {
        return new Patch(
                "saga-embedded/src/main/java/io/durablesaga/embedded/" + className + ".java", text, replacement);
    }

    /** A change of the binding to AWS Lambda. */
    static Patch ofLambda(String className, String text, String replacement) {
        return new Patch("saga-lambda/src/main/java/io/durablesaga/lambda/" + className + ".java", text, replacement);
    }

    /** A change of the dispatcher, or in {@code lambda/} of its handlers. */
    static Patch ofDispatcher(String className, String text, String replacement) {
        return new Patch(
                "saga-dispatcher/src/main/java/io/durablesaga/dispatcher/" + className + ".java", text, replacement);
    }

    /** The source, changed. */
    String applied(String source) {
        int at = source.indexOf(text);
        if (at < 0 || source.indexOf(text, at + 1) >= 0) {
            throw new IllegalStateException(file + (at < 0 ? " does not contain" : " contains more than once") + ":\n"
                    + text + "\nThe source has changed: write the patch anew, so that it is wrong in the same way");
        }
        return source.substring(0, at) + replacement + source.substring(at + text.length());
    }

    /** The name of the class in this file. */
    String className() {
        String path = file.substring(file.indexOf("io/durablesaga/"), file.length() - ".java".length());
        return path.replace('/', '.');
    }
}
