package io.durablesaga.dynamodb.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** docs/idempotency.md, as its tests read it. */
final class Page {
    static final Path FILE = Path.of("..", "docs", "idempotency.md");

    private Page() {}

    static String text() {
        return read(FILE);
    }

    /** The blocks of this language, in order. */
    static List<String> blocks(String language) {
        return found("^```" + language + "\n(.*?)^```$").toList();
    }

    /** The one block of this language that this is in. */
    static String block(String language, String part) {
        List<String> found =
                blocks(language).stream().filter(block -> block.contains(part)).toList();
        if (found.size() != 1) {
            throw new AssertionError("blocks of " + language + " with " + part + ": " + found.size());
        }
        return found.get(0);
    }

    /** The rows of the table whose head begins so, cell by cell. */
    static List<List<String>> table(String head) {
        List<List<String>> rows = new ArrayList<>();
        List<String> lines = text().lines().toList();
        int at = lines.indexOf(head);
        if (at < 0) {
            throw new AssertionError("no table with the head " + head);
        }
        for (String line : lines.subList(at + 2, lines.size())) {
            if (!line.startsWith("|")) {
                break;
            }
            rows.add(Arrays.stream(line.substring(1).split("\\|"))
                    .map(String::strip)
                    .toList());
        }
        return rows;
    }

    /** The first group of each match. */
    static Stream<String> found(String pattern) {
        return matches(pattern).map(match -> match.group(1));
    }

    static Stream<MatchResult> matches(String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text())
                .results();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
