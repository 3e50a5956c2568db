package io.durablesaga.properties.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashReportTest {
    @TempDir
    private Path pages;

    @Test
    void a_chain_is_explored_in_full_and_a_page_is_written() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        CrashReport report = new CrashReport(new PrintStream(printed, true, StandardCharsets.UTF_8), pages);

        report.chain(2);

        assertThat(report.fine()).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("chain of 2, the last step fails", "nothing violated", "21 single points, at least 11");
        assertThat(pages.resolve("chain-of-2-the-last-step-fails.html"))
                .content()
                .contains("undo:step-1");
    }
}
