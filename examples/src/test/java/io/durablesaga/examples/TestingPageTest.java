package io.durablesaga.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/testing.md shows is what is compiled and run here. */
class TestingPageTest {
    private static final Path PAGE = Path.of("..", "docs", "testing.md");
    private static final Path SOURCES = Path.of("src", "test", "java");
    private static final Pattern SNIPPET = Pattern.compile(
            "^ *// testing\\.md: (?!end)[^\n]*\n(.*?)^ *// testing\\.md: end$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void every_block_of_the_page_is_part_of_a_test_that_runs() throws IOException {
        assertThat(blocks("java")).isNotEmpty().containsExactlyInAnyOrderElementsOf(snippets());
    }

    @Test
    void the_page_links_to_nothing_that_is_not_there() throws IOException {
        List<String> links = Pattern.compile("]\\(([^)#:]+)\\)")
                .matcher(Files.readString(PAGE))
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(PAGE.resolveSibling(link)).exists());
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static List<String> snippets() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .flatMap(file -> SNIPPET.matcher(read(file)).results().map(snippet -> snippet.group(1)))
                    .map(snippet -> snippet.stripTrailing().stripIndent() + "\n")
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
