package io.durablesaga.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String SCOPE = "DISPATCH_SCOPE";

    private static Dispatch read(String name, String value) {
        return DispatchVariables.read(Map.of(SCOPE, "orders", name, value, "PATH", "/bin"), Set.of());
    }

    @Test
    void what_is_not_said_loses_nothing() {
        Dispatch dispatch = DispatchVariables.read(Map.of(SCOPE, "orders"), Set.of());

        assertThat(dispatch.names().scope()).isEqualTo("orders");
        assertThat(dispatch.lookUp()).isEqualTo(LookUp.AGAIN);
        assertThat(Arrays.stream(Outcome.values())
                        .filter(outcome -> dispatch.treatment(outcome) == Treatment.ACKNOWLEDGE))
                .containsExactly(Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.COMPENSATED);
    }

    @Test
    void every_setting_that_text_can_say_has_a_variable_of_its_name() {
        Set<Class<?>> said =
                Set.of(String.class, boolean.class, int.class, Duration.class, BodyForm.class, LookUp.class);
        Set<String> named = Arrays.stream(Dispatch.class.getDeclaredMethods())
                .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
                .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getParameterCount() == 1 && said.contains(method.getParameterTypes()[0]))
                .map(Method::getName)
                .map(name -> "DISPATCH_" + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSize(10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("DISPATCH_NOTHING", "x"))
                .satisfies(thrown ->
                        named.forEach(name -> assertThat(thrown.getMessage()).contains(" " + name + ",")));
    }

    @Test
    void variables_say_what_the_code_says() {
        assertThat(read("DISPATCH_CONCURRENCY", "7").concurrency()).isEqualTo(7);
        assertThat(read("DISPATCH_TRIES", " 3 ").tries()).isEqualTo(3);
        assertThat(read("DISPATCH_CALL_TIMEOUT", "PT1.5S").callTimeout()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(read("DISPATCH_LOOK_UP", "always").lookUp()).isEqualTo(LookUp.ALWAYS);
        assertThat(read("DISPATCH_MOST_ATTEMPTS", "3").mostAttempts()).isEqualTo(3);
        assertThat(read("DISPATCH_BODY", "bytes").body()).isEqualTo(BodyForm.BYTES);
        assertThat(read("DISPATCH_BODY_AT", "/detail").bodyAt().toString()).isEqualTo("/detail");
        assertThat(read("DISPATCH_ENVELOPE", "true").envelope()).isTrue();
        assertThat(read("DISPATCH_STRICT_ORDER", "true").strictOrder()).isTrue();
        assertThat(read("DISPATCH_KEY", "/order").key()).isPresent();
        assertThat(read("DISPATCH_ON_ENDED_BADLY", "next-attempt").treatment(Outcome.ENDED_BADLY))
                .isEqualTo(Treatment.NEXT_ATTEMPT);
        assertThat(read("DISPATCH_ON_POISON", "return").treatment(Outcome.POISON))
                .isEqualTo(Treatment.RETURN);
    }

    @Test
    void all_that_is_wrong_is_told_at_once_with_what_there_is() {
        Map<String, String> wrong = Map.ofEntries(
                Map.entry(SCOPE, "-x"),
                Map.entry("DISPATCH_CONCURRENCY", "many"),
                Map.entry("DISPATCH_TRIES", "0"),
                Map.entry("DISPATCH_CALL_TIMEOUT", "5"),
                Map.entry("DISPATCH_LOOK_UP", "sometimes"),
                Map.entry("DISPATCH_KEY", "order"),
                Map.entry("DISPATCH_BODY_AT", "detail"),
                Map.entry("DISPATCH_ENVELOPE", "yes"),
                Map.entry("DISPATCH_ON_CONFLICT", "next-attempt"),
                Map.entry("DISPATCH_ON_ACCEPTED", "return"),
                Map.entry("DISPATCH_FUNCTION", "known to somebody else"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DispatchVariables.read(wrong, Set.of("DISPATCH_FUNCTION")))
                .satisfies(thrown -> assertThat(thrown.getMessage().lines())
                        .hasSize(11)
                        .anyMatch(line -> line.contains("DISPATCH_SCOPE=-x: "))
                        .anyMatch(line -> line.contains("DISPATCH_CONCURRENCY=many: no whole number"))
                        .anyMatch(line -> line.contains("DISPATCH_TRIES=0: tries: 0; between 1 and 20"))
                        .anyMatch(line -> line.contains("DISPATCH_CALL_TIMEOUT=5: no duration"))
                        .anyMatch(line -> line.contains("DISPATCH_LOOK_UP=sometimes: none of again, always, never"))
                        .anyMatch(line -> line.contains("DISPATCH_KEY=order: "))
                        .anyMatch(line -> line.contains("DISPATCH_BODY_AT=detail: "))
                        .anyMatch(line -> line.contains("DISPATCH_ENVELOPE=yes: neither true nor false"))
                        .anyMatch(line -> line.contains("DISPATCH_ON_CONFLICT=next-attempt: "))
                        .anyMatch(line -> line.contains("DISPATCH_ON_ACCEPTED: not known")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.099S", "PT61S", "PT2562047788015215H", "-PT2562047788015215H"})
    void a_call_timeout_that_is_none_is_told_like_all_that_is_wrong(String timeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("DISPATCH_CALL_TIMEOUT", timeout))
                .withMessageContaining("DISPATCH_CALL_TIMEOUT=" + timeout + ": callTimeout: ");
    }

    @Test
    void a_scope_is_needed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DispatchVariables.read(Map.of(), Set.of()))
                .withMessageContaining("DISPATCH_SCOPE: missing");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"ACCEPTED", "DUPLICATE", "THROTTLED", "FAILED", "NOT_REACHED"})
    void there_is_nothing_to_choose_where_a_choice_could_lose_a_record(Outcome outcome) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Records.ORDERS.on(outcome, Treatment.ACKNOWLEDGE))
                .withMessageContaining("nothing to choose");
    }

    @Test
    void a_changed_copy_changes_nothing_else() {
        Dispatch changed = Records.ORDERS.on(Outcome.POISON, Treatment.RETURN).concurrency(2);

        assertThat(Records.ORDERS.treatment(Outcome.POISON)).isEqualTo(Treatment.DEAD_LETTER);
        assertThat(Records.ORDERS.concurrency()).isEqualTo(16);
        assertThat(changed.treatment(Outcome.POISON)).isEqualTo(Treatment.RETURN);
        assertThat(List.of(changed.concurrency(3).concurrency(), changed.concurrency()))
                .containsExactly(3, 2);
    }
}
