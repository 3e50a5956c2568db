package io.durablesaga.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A claim names its key, its owner and how long it holds. */
class RequestTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void a_request_has_no_fingerprint_unless_it_is_given() {
        assertThat(Request.of("key", "owner", MINUTE))
                .isEqualTo(new Request("key", "owner", "", MINUTE, OptionalLong.empty()));
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
                .isThrownBy(() -> new Request("key", "owner", null, MINUTE, OptionalLong.empty()))
                .withMessage("fingerprint");
        assertThatNullPointerException()
                .isThrownBy(() -> Request.of("key", "owner", null))
                .withMessage("lease");
        assertThatNullPointerException()
                .isThrownBy(() -> new Request("key", "owner", "", MINUTE, null))
                .withMessage("superseding");
    }

    @Test
    void a_request_for_a_payload_and_one_that_takes_over_are_otherwise_the_same() {
        Fingerprint payload = Fingerprint.of(5);
        Request request = Request.of("key", "owner", MINUTE).forPayload(payload);
        assertThat(request).isEqualTo(new Request("key", "owner", payload.text(), MINUTE, OptionalLong.empty()));

        Claim.InProgress gone = new Claim.InProgress("another", 7, Instant.EPOCH);
        assertThat(request.takingOver(gone))
                .isEqualTo(new Request("key", "owner", payload.text(), MINUTE, OptionalLong.of(7)));
        assertThat(request.takingOver(gone).forPayload(payload).superseding()).hasValue(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void an_undo_names_its_action_both_owners_and_how_long_it_holds(String blank) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UndoRequest(blank, "owner", "undoer", MINUTE))
                .withMessage("key and owner must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UndoRequest("key", blank, "undoer", MINUTE))
                .withMessage("key and owner must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UndoRequest("key", "owner", blank, MINUTE))
                .withMessage("key and owner must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UndoRequest("key", "owner", "undoer", Duration.ZERO))
                .withMessage("lease: PT0S; longer than the effect may take");
    }
}
