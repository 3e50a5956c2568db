package io.durablesaga.dispatcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.DispatchVariables;
import io.durablesaga.dispatcher.Outcome;
import io.durablesaga.dispatcher.lambda.KafkaDispatcher;
import io.durablesaga.dispatcher.lambda.SqsDispatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/dispatcher.md lists is all there is. */
class DispatcherPageTest {
    private static final Path PAGE = Path.of("..", "docs", "dispatcher.md");
    private static final Path HANDLERS = Path.of("src", "main", "java", "io", "durablesaga", "dispatcher", "lambda");

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String section(String heading) throws IOException {
        Matcher section = Pattern.compile("^## " + heading + "\n(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(page());
        assertThat(section.find()).as("section %s", heading).isTrue();
        return section.group(1);
    }

    @Test
    void a_newcomer_sees_code_at_once() throws IOException {
        assertThat(page().lines().limit(12)).contains("```java");
    }

    @Test
    void every_outcome_has_its_row() throws IOException {
        assertThat(found("^\\|[^|]*\\| `([A-Z_]+)` \\|", section("What happens to a record")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Outcome.values()).map(Enum::name).toList());
    }

    @Test
    void every_handler_is_there_and_has_a_template() throws IOException {
        List<String> handlers;
        try (Stream<Path> files = Files.list(HANDLERS)) {
            handlers = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Dispatcher.java"))
                    .map(file -> file.replace(".java", ""))
                    .toList();
        }

        assertThat(found("^\\|[^|]*\\| `(\\w+)` \\| \\[[a-z0-9-]+\\.yaml\\]", page()))
                .contains(SqsDispatcher.class.getSimpleName(), KafkaDispatcher.class.getSimpleName())
                .hasSameElementsAs(handlers);
        try (Stream<Path> files = Files.list(Path.of("..", "examples", "dispatcher"))) {
            assertThat(found("\\(\\.\\./examples/dispatcher/([a-z0-9-]+\\.yaml)\\)", page()))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(file -> file.endsWith(".yaml"))
                                    .toList());
        }
    }

    @Test
    void every_variable_is_listed_and_none_that_is_not_known() throws IOException {
        List<String> listed = found("`(DISPATCH_[A-Z_]+)`(?=[^|]*\\|[^|]*\\|[^|]*\\|$)", section("On AWS"));
        Set<String> ofHandlers = Set.of(
                "DISPATCH_FUNCTION",
                "DISPATCH_DEAD_LETTER_QUEUE",
                "DISPATCH_GUARD_TABLE",
                "DISPATCH_RESERVE",
                "DISPATCH_METRICS");
        String told = "";
        try {
            DispatchVariables.read(Map.of("DISPATCH_X", "x"), ofHandlers);
        } catch (IllegalArgumentException e) {
            told = String.valueOf(e.getMessage());
        }

        assertThat(listed)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        found("(DISPATCH_[A-Z_]+)", told.replaceAll("DISPATCH_X: |DISPATCH_SCOPE: missing", ""))
                                .stream()
                                .distinct()
                                .toList());
    }

    @Test
    void what_is_not_said_is_what_the_page_says() throws IOException {
        String variables = section("On AWS");
        Dispatch dispatch = Dispatch.into("orders");

        assertThat(variables)
                .contains("up to 256 | `" + dispatch.concurrency() + "` |")
                .contains("| `" + dispatch.callTimeout() + "` |");
    }

    @Test
    void every_class_and_file_that_the_page_names_as_code_is_there() throws IOException {
        assertThat(found("`([a-z-]+/target/)", page())).isEmpty();
        assertThat(found("^mvn package -pl (\\S+) -am", page()))
                .singleElement()
                .satisfies(
                        module -> assertThat(Path.of("..", module, "pom.xml")).exists());
    }
}
