package io.durablesaga.claimcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large texts in files. */
class FolderClaimCheckTest {
    @TempDir
    private Path folder;

    @Test
    void a_text_is_read_as_it_was_stored_last_and_nothing_else_is_left() throws IOException {
        FolderClaimCheck claims = new FolderClaimCheck(folder.resolve("not/there/yet"));
        assertThat(claims.fetch("execution/step-1")).isNull();

        for (String text :
                new String[] {"left by an interrupted attempt", "", "{\"name\":\"Zoë ☂\"}", "x".repeat(500_000)}) {
            claims.store("execution/step-1", text);
            claims.store("execution/step-2", "another");
            assertThat(claims.fetch("execution/step-1")).isEqualTo(text);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("step-1", "step-2");
        }
    }
}
