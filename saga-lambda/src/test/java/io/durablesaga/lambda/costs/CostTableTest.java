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
    void every_saga_records_as_many_operations_as_the_design_says() {
        assertThat(table.rows())
                .as("what is cheapest by hand is what the design says: one operation each, and none around them")
                .allSatisfy(row -> assertThat(row.ours().operations())
                        .as(row.what())
                        .isEqualTo(row.byHand().operations()));
    }

    @Test
    void the_documentation_says_what_is_measured() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(page)
                .as("scripts/aws-costs docs/aws-costs.md writes the table anew")
                .isEqualTo(AwsCosts.with(page, table.markdown()));
    }
}
