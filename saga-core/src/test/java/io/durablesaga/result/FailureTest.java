package io.durablesaga.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A failure is recorded once and reads the same for ever. */
class FailureTest {
    private static final String FULL = "x".repeat(Failure.LONGEST_MESSAGE);

    @Test
    void a_message_of_4000_characters_is_kept() {
        assertThat(Failure.unknown("Timeout", FULL).message()).isEqualTo(FULL);
    }

    @Test
    void a_longer_message_is_cut_and_says_so() {
        assertThat(Failure.unknown("Timeout", FULL + "y").message()).isEqualTo(FULL + "…");
        assertThat(Failure.rejected("Timeout", FULL.repeat(100)).message()).isEqualTo(FULL + "…");
    }

    @Test
    void a_message_that_was_cut_is_not_cut_again() {
        Failure once = Failure.unknown("Timeout", FULL + FULL);

        assertThat(new Failure(once.kind(), once.type(), once.message())).isEqualTo(once);
        assertThat(once.asUnknown()).isEqualTo(once);
    }

    @Test
    void a_message_is_not_cut_inside_a_character() {
        String almost = "x".repeat(Failure.LONGEST_MESSAGE - 1);

        Failure cut = Failure.unknown("Timeout", almost + "😀 and more");

        assertThat(cut.message()).isEqualTo(almost + "…");
        assertThat(new String(cut.message().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(cut.message());
        assertThat(cut.asUnknown()).isEqualTo(cut);
        assertThat(Failure.unknown("Timeout", "x".repeat(Failure.LONGEST_MESSAGE - 2) + "😀!")
                        .message())
                .endsWith("x😀…");
    }

    @Test
    void a_rejection_may_turn_out_unknown() {
        Failure rejected = Failure.rejected("CardDeclined", "no money");

        assertThat(rejected.rejected()).isTrue();
        assertThat(rejected.asUnknown()).isEqualTo(Failure.unknown("CardDeclined", "no money"));
        assertThat(rejected.asUnknown().rejected()).isFalse();
    }

    @Test
    void every_part_is_required() {
        Failure.Kind kind = Failure.Kind.UNKNOWN;

        assertThatNullPointerException()
                .isThrownBy(() -> new Failure(null, "", ""))
                .withMessage("kind");
        assertThatNullPointerException()
                .isThrownBy(() -> new Failure(kind, null, ""))
                .withMessage("type");
        assertThatNullPointerException()
                .isThrownBy(() -> new Failure(kind, "", null))
                .withMessage("message");
        assertThatNullPointerException()
                .isThrownBy(() -> new Cause(null, Failure.unknown("", "")))
                .withMessage("path");
        assertThatNullPointerException().isThrownBy(() -> new Cause("a", null)).withMessage("failure");
    }
}
