package io.durablesaga.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/aws.md names is there. */
class AwsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "aws.md");

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
}
