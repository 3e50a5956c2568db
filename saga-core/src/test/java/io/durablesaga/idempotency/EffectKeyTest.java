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
    void a_key_is_its_own_owner_unless_another_is_said() {
        EffectKey<String> key = EffectKey.of("order-1", String.class);

        assertThat(key).isEqualTo(new EffectKey<>("order-1", "order-1", String.class, Optional.empty()));
        assertThat(key.ownedBy("me")).isEqualTo(new EffectKey<>("order-1", "me", String.class, Optional.empty()));
    }

    @Test
    void the_key_of_a_step_has_the_type_of_its_result() {
        StepKey<List<String>> step = StepKey.of("reserve", new TypeReference<List<String>>() {});

        assertThat(EffectKey.of("k", step).type().getTypeName()).isEqualTo("java.util.List<java.lang.String>");
        assertThat(EffectKey.of("k", step).owner()).isEqualTo("k");
    }

    @Test
    void a_payload_is_kept_as_its_fingerprint_and_nothing_else_changes() {
        EffectKey<String> key =
                EffectKey.of("k", String.class).forPayload(List.of(5)).ownedBy("me");

        assertThat(key).isEqualTo(new EffectKey<>("k", "me", String.class, Optional.of(Fingerprint.of(List.of(5)))));
        assertThat(EffectKey.of("k", String.class).forPayload(null).payload()).contains(Fingerprint.of(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void a_blank_key_or_owner_is_refused(String blank) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectKey.of(blank, String.class))
                .withMessage("key and owner must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectKey.of("k", String.class).ownedBy(blank))
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
