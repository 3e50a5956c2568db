package io.durablesaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationCountsTest {
    @TempDir(factory = FastFolder.class)
    private Path folder;

    @Test
    void executions_record_and_commit_what_the_design_promises_and_no_more() {
        List<OperationCounts.Row> rows = new OperationCounts(folder).count();
        rows.forEach(System.out::println);
        long broken = rows.stream().filter(row -> !row.kept()).count();
        System.out.println(rows.size() + " counts, " + broken + " broken");
        assertThat(rows).hasSizeGreaterThan(25).allMatch(OperationCounts.Row::kept);
    }
}
