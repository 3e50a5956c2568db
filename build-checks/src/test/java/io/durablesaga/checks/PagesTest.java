package io.durablesaga.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What pages show is part of the build: each block of Java stands between {@code // page.md: what it is} and {@code // page.md: end}
 * in a source file of whichever module, where it is compiled and, in a test, run; each link leads somewhere.
 */
class PagesTest {
    private static final Path ROOT = Path.of("..");
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", ".mvn");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    static Stream<Path> pagesWithBlocks() throws IOException {
        return pages().filter(page -> !blocks(page).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("pagesWithBlocks")
    void every_block_of_a_page_is_part_of_the_build_and_what_is_marked_for_it_is_shown(Path page) {
        assertThat(blocks(page)).containsExactlyInAnyOrderElementsOf(marked(page));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void what_is_marked_for_a_page_is_marked_to_its_end(Path page) {
        String name = Pattern.quote(page.getFileName().toString());

        assertThat(sources()
                        .flatMap(text -> Pattern.compile("^ *// " + name + ": (end)?", Pattern.MULTILINE)
                                .matcher(text)
                                .results())
                        .map(mark -> mark.group(1) == null ? 1 : -1)
                        .reduce(0, Integer::sum))
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_links_to_nothing_that_is_not_there(Path page) {
        String text = read(page);
        List<String> headings = found("^##+ ([^\n]+)$", text)
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();

        assertThat(found("]\\(([^)#:]+)\\)", text))
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
        assertThat(found("]\\(#([^)]+)\\)", text))
                .allSatisfy(anchor -> assertThat(headings).contains(anchor));
    }

    private static List<String> blocks(Path page) {
        return found("^```java\n(.*?)^```$", read(page)).toList();
    }

    private static List<String> marked(Path page) {
        String name = Pattern.quote(page.getFileName().toString());
        String snippet = "^ *// " + name + ": (?!end)[^\n]*\n(.*?)^ *// " + name + ": end$";
        return sources()
                .flatMap(text -> found(snippet, text))
                .map(code -> code.stripTrailing().stripIndent() + "\n")
                .toList();
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(match -> match.group(1));
    }

    private static Stream<String> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> Stream.of(file.toString().split("/")).noneMatch(NOT_SOURCES::contains))
                    .sorted()
                    .map(PagesTest::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
