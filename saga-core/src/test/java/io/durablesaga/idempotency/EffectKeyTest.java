package io.durablesaga.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.core.type.TypeReference;
import io.durablesaga.StepKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an effect is known by. */
class EffectKeyTest {
    @Test
    void outside_of_a_saga_a_key_says_who_has_the_effect() {
        assertThat(EffectKey.of("order-1", "request-7", String.class))
                .isEqualTo(new EffectKey<>("order-1", "request-7", String.class, Optional.empty()));
    }

    @Test
    void the_key_of_a_step_has_the_type_of_its_result() {
        StepKey<List<String>> step = StepKey.of("reserve", new TypeReference<List<String>>() {});

        assertThat(EffectKey.of("k", step).type().getTypeName()).isEqualTo("java.util.List<java.lang.String>");
        assertThat(EffectKey.of("k", step).owner())
                .as("it is the execution's own")
                .isEqualTo("k");
        assertThat(EffectKey.of("k", step).ownedBy("me").owner()).isEqualTo("me");
    }

    @Test
    void a_payload_is_kept_as_its_fingerprint_and_nothing_else_changes() {
        EffectKey<String> key = EffectKey.of("k", "me", String.class).forPayload(List.of(5));

        assertThat(key).isEqualTo(new EffectKey<>("k", "me", String.class, Optional.of(Fingerprint.of(List.of(5)))));
        assertThat(EffectKey.of("k", "me", String.class).forPayload(null).payload())
                .contains(Fingerprint.of(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void a_blank_key_or_owner_is_refused(String blank) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectKey.of(blank, "me", String.class))
                .withMessage("key and owner must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectKey.of("k", blank, String.class))
                .withMessage("key and owner must not be blank");
    }

    @Test
    void what_is_required_is_named_when_it_is_missing() {
        Optional<Fingerprint> none = Optional.empty();
        assertThatNullPointerException()
                .isThrownBy(() -> new EffectKey<>(null, "me", String.class, none))
                .withMessage("text");
        assertThatNullPointerException()
                .isThrownBy(() -> new EffectKey<>("k", null, String.class, none))
                .withMessage("owner");
        assertThatNullPointerException()
                .isThrownBy(() -> new EffectKey<>("k", "me", null, none))
                .withMessage("type");
        assertThatNullPointerException()
                .isThrownBy(() -> new EffectKey<>("k", "me", String.class, null))
                .withMessage("payload");
    }
}
