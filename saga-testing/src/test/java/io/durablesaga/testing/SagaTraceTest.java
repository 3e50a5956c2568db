package io.durablesaga.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.testing.fault.Failing;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SagaTraceTest {
    private static final SagaCrashTest<?, ?, ?> CHAIN =
            SagaCrashTest.of(world -> Chains.of(2, world)).input("books");

    @TempDir
    private Path folder;

    @Test
    void a_trace_says_what_was_recorded_and_how_it_ended() {
        SagaTrace.of(CHAIN).isExactly("ACTION step-1 COMPLETED", "ACTION step-2 COMPLETED", "completed");
    }

    @Test
    void a_trace_of_a_failure_ends_in_undos() {
        SagaTrace.of(CHAIN, Chains.step(2), Failing.AFTER_EFFECT)
                .isExactly(
                        "ACTION step-1 COMPLETED",
                        "ACTION step-2 FAILED",
                        "UNDO undo:step-2 COMPLETED",
                        "UNDO undo:step-1 COMPLETED",
                        "compensated");
    }

    @Test
    void another_trace_fails_and_shows_both() {
        assertThatThrownBy(() -> SagaTrace.of(CHAIN).isExactly("ACTION step-1 COMPLETED", "completed"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("at line 2: 'completed' was expected, and 'ACTION step-2 COMPLETED' was recorded")
                .hasMessageContaining("would halt");
    }

    @Test
    void a_longer_expectation_fails_too() {
        assertThatThrownBy(() -> SagaTrace.of(CHAIN)
                        .isExactly("ACTION step-1 COMPLETED", "ACTION step-2 COMPLETED", "completed", "more"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("at line 4: 'more' was expected, and nothing more was recorded");
    }

    @Test
    void a_golden_file_that_is_missing_is_written_and_fails_once() throws Exception {
        Path golden = folder.resolve("traces/chain.txt");
        SagaTrace trace = SagaTrace.of(CHAIN);

        assertThatThrownBy(() -> trace.matches(golden))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("commit it");

        assertThat(Files.readAllLines(golden)).containsExactlyElementsOf(trace.lines());
        assertThatCode(() -> trace.matches(golden)).doesNotThrowAnyException();
    }

    @Test
    void a_golden_file_of_another_definition_fails() throws Exception {
        Path golden = folder.resolve("chain.txt");
        Files.writeString(golden, "ACTION step-0 COMPLETED\ncompleted\n");

        assertThatThrownBy(() -> SagaTrace.of(CHAIN).matches(golden))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(golden.toString())
                .hasMessageContaining("-Dsaga.trace.update=true");
    }

    @Test
    void a_golden_file_is_rewritten_on_request() throws Exception {
        Path golden = folder.resolve("chain.txt");
        Files.writeString(golden, "ACTION step-0 COMPLETED\ncompleted\n");
        System.setProperty(SagaTrace.UPDATE, "true");
        try {
            SagaTrace.of(CHAIN).matches(golden);
        } finally {
            System.clearProperty(SagaTrace.UPDATE);
        }

        assertThat(Files.readAllLines(golden))
                .containsExactlyElementsOf(SagaTrace.of(CHAIN).lines());
    }

    @Test
    void a_saga_alone_has_a_trace_too() {
        assertThat(SagaTrace.of(Chains.ofNothing(), "books").lines())
                .containsExactly("CAPTURE now COMPLETED", "completed");
    }
}
