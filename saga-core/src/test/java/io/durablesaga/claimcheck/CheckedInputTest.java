package io.durablesaga.claimcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedInputTest {
    private static final String NAME = "n".repeat(64);

    @TempDir
    private Path folder;

    @Test
    void what_was_put_away_is_taken_out_again_and_is_always_in_the_same_place() throws Exception {
        ClaimCheck claims = new FolderClaimCheck(folder);

        CheckedInput input = CheckedInput.store(claims, NAME, "{\"order\":1}");

        assertThat(input.fetch(claims)).isEqualTo("{\"order\":1}");
        assertThat(CheckedInput.store(claims, NAME, "{\"order\":1}")).isEqualTo(input);
        assertThat(input.key()).hasSizeLessThanOrEqualTo(128).matches("[A-Za-z0-9/_-]+");
    }

    @Test
    void another_text_of_the_same_name_takes_nothing_away() throws Exception {
        ClaimCheck claims = new FolderClaimCheck(folder);
        CheckedInput first = CheckedInput.store(claims, NAME, "1");

        CheckedInput second = CheckedInput.store(claims, NAME, "2");

        assertThat(first.fetch(claims)).isEqualTo("1");
        assertThat(second.fetch(claims)).isEqualTo("2");
    }

    @Test
    void what_is_gone_or_is_another_text_is_no_input() throws Exception {
        ClaimCheck claims = new FolderClaimCheck(folder);
        CheckedInput input = CheckedInput.store(claims, NAME, "1");

        assertThatIllegalStateException()
                .isThrownBy(() -> new CheckedInput("elsewhere", input.sha256()).fetch(claims))
                .withMessageContaining("nothing under elsewhere");
        claims.store(input.key(), "2");
        assertThatIllegalStateException().isThrownBy(() -> input.fetch(claims)).withMessageContaining("something else");
    }
}
