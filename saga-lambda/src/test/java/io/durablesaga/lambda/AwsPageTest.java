package io.durablesaga.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/aws.md shows is what is compiled and run here. */
class AwsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "aws.md");
    private static final List<Path> SOURCES = List.of(
            Path.of("src", "test", "java"),
            Path.of("..", "saga-client", "src", "test", "java"),
            Path.of("..", "examples", "aws", "src"));
    private static final Pattern SNIPPET = Pattern.compile(
            "^ *// aws\\.md: (?!end)[^\n]*\n(.*?)^ *// aws\\.md: end$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void every_block_of_the_page_is_part_of_a_test_that_runs() throws IOException {
        assertThat(found("^```java\n(.*?)^```$").toList()).isNotEmpty().containsExactlyInAnyOrderElementsOf(snippets());
    }

    @Test
    void the_page_links_to_nothing_that_is_not_there() throws IOException {
        assertThat(found("]\\(([^)#:]+)\\)").toList())
                .isNotEmpty()
                .allSatisfy(link -> assertThat(PAGE.resolveSibling(link)).exists());
    }

    @Test
    void the_page_names_no_resource_that_the_template_does_not_have() throws IOException {
        String template = Files.readString(Path.of("..", "examples", "aws", "template.yaml"));

        assertThat(found("`([A-Z][A-Za-z]*(?:Orders|Order|OrderFunction|OrderVersion|Alarm|Release|Days|Seconds))`")
                        .distinct()
                        .toList())
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(template).contains("\n  " + name + ":\n"));
    }

    private static Stream<String> found(String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult match) -> match.group(1));
    }

    private static List<String> snippets() throws IOException {
        List<String> snippets = new ArrayList<>();
        for (Path folder : SOURCES) {
            snippets.addAll(snippets(folder));
        }
        return snippets;
    }

    private static List<String> snippets(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
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
