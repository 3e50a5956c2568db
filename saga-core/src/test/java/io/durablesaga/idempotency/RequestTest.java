package io.durablesaga.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.durablesaga.idempotency.IdempotencyStore.Request;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A claim names its key, its owner and how long it holds. */
class RequestTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void a_request_has_no_fingerprint_unless_it_is_given() {
        assertThat(Request.of("key", "owner", MINUTE)).isEqualTo(new Request("key", "owner", "", MINUTE));
        assertThat(Request.of("key", "owner", Duration.ofMillis(1)).lease()).isEqualTo(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void a_blank_key_or_owner_is_refused(String blank) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Request.of(blank, "owner", MINUTE))
                .withMessage("key and owner must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Request.of("key", blank, MINUTE))
                .withMessage("key and owner must not be blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000999S"})
    void a_lease_of_no_time_is_refused(Duration lease) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Request.of("key", "owner", lease))
                .withMessage("lease: " + lease + "; longer than the effect may take");
    }

    @Test
    void what_is_required_is_named_when_it_is_missing() {
        assertThatNullPointerException()
                .isThrownBy(() -> Request.of(null, "owner", MINUTE))
                .withMessage("key");
        assertThatNullPointerException()
                .isThrownBy(() -> Request.of("key", null, MINUTE))
                .withMessage("owner");
        assertThatNullPointerException()
                .isThrownBy(() -> new Request("key", "owner", null, MINUTE))
                .withMessage("fingerprint");
        assertThatNullPointerException()
                .isThrownBy(() -> Request.of("key", "owner", null))
                .withMessage("lease");
    }
}
