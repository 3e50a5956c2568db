package io.durablesaga.lambda.costs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CostTableTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "..", "docs", "aws-costs.md");
    private static CostTable table;

    @BeforeAll
    static void measure() {
        table = CostTable.measured();
    }

    @Test
    void no_saga_takes_more_than_what_is_written_by_hand() {
        assertThat(table.complaints()).isEmpty();
    }

    @Test
    void a_saga_that_takes_more_is_named_with_what_it_takes() {
        Row row = Row.of("two steps", "step-rejected", HandWrittenSteps.one());

        assertThat(row.complaints())
                .contains("two steps: the saga takes 3 operations instead of 1")
                .anyMatch(complaint -> complaint.startsWith("two steps: by hand, something else has run"));
    }

    @Test
    void what_is_written_as_documented_is_compared_too() {
        Row row = Row.of("step", "step", HandWrittenSteps.one(), HandWrittenSteps.rejected());

        assertThat(row.complaints()).singleElement().asString().contains("something else has run");
    }

    @Test
    void the_documentation_says_what_is_measured() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(page)
                .as("scripts/aws-costs docs/aws-costs.md writes the table anew")
                .isEqualTo(AwsCosts.with(page, table.markdown()));
    }
}
