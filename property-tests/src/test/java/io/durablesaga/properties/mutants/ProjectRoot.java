package io.durablesaga.properties.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the sources lie that mutants are made from. */
final class ProjectRoot {
    private static final String PROPERTY = "project.root";
    private static final String KNOWN_FOLDER = "saga-core/src/main/java";

    private ProjectRoot() {}

    /** The folder that the build names, or else the nearest one above the working directory that holds the sources. */
    static Path find() {
        String named = System.getProperty(PROPERTY);
        Path start = Path.of(named == null ? "" : named).toAbsolutePath().normalize();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(KNOWN_FOLDER))) {
                return folder;
            }
        }
        throw new IllegalStateException("no " + KNOWN_FOLDER + " in or above " + start + "; say with -D" + PROPERTY
                + " where the project lies");
    }

    static String read(String file) {
        try {
            return Files.readString(find().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
