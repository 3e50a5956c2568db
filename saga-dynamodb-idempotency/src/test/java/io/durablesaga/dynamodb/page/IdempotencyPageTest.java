package io.durablesaga.dynamodb.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.StepRejected;
import io.durablesaga.dynamodb.Refusal;
import io.durablesaga.dynamodb.Stamped;
import io.durablesaga.dynamodb.StampedUndo;
import io.durablesaga.dynamodb.StoreException;
import io.durablesaga.dynamodb.Transacted;
import io.durablesaga.dynamodb.TransactedUndo;
import io.durablesaga.idempotency.ClaimException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/idempotency.md lists is all there is. */
class IdempotencyPageTest {
    @Test
    void a_newcomer_sees_code_at_once() {
        assertThat(Page.text().lines().limit(15)).contains("```java");
    }

    @Test
    void every_test_that_the_page_names_is_in_the_file_that_it_links_to() {
        assertThat(Page.matches("\\[`([a-z_]+)`]\\(([^)]+)\\)").toList())
                .hasSizeGreaterThan(8)
                .allSatisfy(match -> assertThat(Page.read(Page.FILE.resolveSibling(match.group(2))))
                        .contains(" void " + match.group(1) + "("));
    }

    @Test
    void the_dependency_is_this_module() {
        Pattern coordinates =
                Pattern.compile("<artifactId>saga-dynamodb-idempotency</artifactId>\\s*<version>([^<]+)</version>");

        assertThat(Page.block("xml", "<dependency>")).containsPattern(coordinates);
        assertThat(coordinates.matcher(Page.block("xml", "<dependency>")).results())
                .allSatisfy(match -> assertThat(Page.read(Page.FILE.resolveSibling("../pom.xml")))
                        .contains("<artifactId>durable-saga</artifactId>\n    <version>" + match.group(1)));
    }

    @Test
    void every_kind_of_failure_and_outcome_is_listed() {
        assertThat(names("| | What happened | May be written? | What to do |"))
                .containsExactlyInAnyOrderElementsOf(kinds(StoreException.class));
        assertThat(names("| Exception | Was there an effect? | In a saga |"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of(StepRejected.class.getSimpleName()), kinds(ClaimException.class).stream())
                        .toList());
        List<String> outcomes = names("| `apply` gives | Means | In a saga |");
        assertThat(outcomes).containsExactlyInAnyOrderElementsOf(kinds(Stamped.class));
        assertThat(names("| `undo` gives | Means |")).containsExactlyInAnyOrderElementsOf(kinds(StampedUndo.class));
        String transact = Page.found("^### Transact\n(.*?)^###").findFirst().orElseThrow();
        assertThat(names("| `undo` gives | |")).containsExactlyInAnyOrderElementsOf(kinds(TransactedUndo.class));
        assertThat(names("| `apply` gives | Means | In a saga |")).hasSameElementsAs(kinds(Transacted.class));
        assertThat(kinds(Refusal.class))
                .allSatisfy(kind -> assertThat(Page.text()).contains("`" + kind + "`"));
        assertThat(kinds(Transacted.class))
                .allSatisfy(kind -> assertThat(transact).contains("`" + kind + "`"));
    }

    /** What stands in backquotes in the first column. */
    private static List<String> names(String head) {
        return Page.table(head).stream()
                .flatMap(row -> Pattern.compile("`(\\w+)`").matcher(row.get(0)).results())
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> kinds(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList();
    }
}
