package io.durablesaga.lambda.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that are compared with, and whether they are to be written anew. */
final class Recorded {
    private static final String RECORD = "golden.record";

    /** What to do about a difference. */
    static final String ADVICE =
            "What this records, or makes of records, has changed: by a change of the library's, or by a new"
                    + " version of the durable SDK. Executions in flight would not go on under it. If they do not have to, because this"
                    + " goes out as a function version of its own, or nothing that was released records the former, record anew with -D"
                    + RECORD + "=true and say so in the changelog.";

    private Recorded() {}

    /** Whether this run writes files instead of comparing. */
    static boolean anew() {
        return Boolean.getBoolean(RECORD);
    }

    /** Where files of this kind are. */
    static Path folder(String kind) {
        return Path.of(System.getProperty("basedir", "."), "src", "test", "resources", kind);
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }
}
