package io.durablesaga.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README shows is what is compiled and run here. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Path ORDER_SAGAS =
            Path.of("src", "main", "java", "io", "durablesaga", "examples", "order", "OrderSagas.java");

    @Test
    void the_readme_shows_the_order_saga_as_it_is_compiled() throws IOException {
        String source = Files.readString(ORDER_SAGAS);
        int begin = source.indexOf('\n', source.indexOf("// README: begin")) + 1;
        String shown = source.substring(begin, source.indexOf("\n    // README: end"));

        assertThat(blocks("java")).containsExactly(shown.stripIndent() + "\n");
    }

    @Test
    void the_readmes_commands_are_those_that_the_build_runs() throws IOException {
        assertThat(blocks("sh").flatMap(String::lines).map(line -> line.replaceAll(" *#.*", "")))
                .containsExactly("./demo", "mvn verify");
        assertThat(ROOT.resolve("demo")).isExecutable();
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("./demo </dev/null", "mvn -B -ntp verify");
    }

    @Test
    void the_readme_links_to_nothing_that_is_not_there() throws IOException {
        List<String> links = Pattern.compile("]\\(([^)#:]+)\\)")
                .matcher(readme())
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    private static Stream<String> blocks(String language) throws IOException {
        return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(readme())
                .results()
                .map((MatchResult block) -> block.group(1));
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
