package io.durablesaga.claimcheck;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Large results as files in a folder: for tests, and where all processes see the same file system. Thread-safe. */
public final class FolderClaimCheck implements ClaimCheck {
    private final Path folder;

    /** In this folder, which need not be there yet. */
    public FolderClaimCheck(Path folder) {
        this.folder = Objects.requireNonNull(folder, "folder");
    }

    @Override
    public void store(String key, String text) throws IOException {
        Path file = folder.resolve(key);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Path written = Files.createTempFile(file.getParent(), "claim", ".tmp");
        Files.writeString(written, text, StandardCharsets.UTF_8);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public @Nullable String fetch(String key) throws IOException {
        try {
            return Files.readString(folder.resolve(key), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
