package io.durablesaga;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a saga may not say does not compile; its nearest correct neighbour does. */
class CompileTimeRulesTest {
    private static final String STEP = ".step(RESERVE, s -> s.key(), undo((s, effect) -> {}))";
    private static final String END = ".returningNothing()";

    @TempDir
    private Path output;

    @Test
    void a_step_before_the_pivot_needs_an_undo() {
        compiles(".step(RESERVE, s -> s.key(), undo((s, effect) -> {}))" + END);
        compiles(".step(RESERVE, s -> s.key(), nothingToUndo(\"a look\"))" + END);
        compiles(".step(RESERVE, with().providerReplays(), s -> s.key(), irreversible(\"a mail\"))" + END);
        doesNotCompile(".step(RESERVE, s -> s.key())" + END, "step");
        doesNotCompile(".step(RESERVE, with().providerReplays(), s -> s.key())" + END, "step");
        doesNotCompile(".when(\"w\", s -> true, then -> then.step(RESERVE, s -> s.key()))" + END, "step");
    }

    @Test
    void a_step_past_the_pivot_takes_no_undo() {
        compiles(".pivot().step(SHIP, s -> s.key())" + END);
        compiles(".pivot().step(SHIP, with().providerReplays(), s -> s.key())" + END);
        doesNotCompile(".pivot().step(SHIP, s -> s.key(), undo((s, effect) -> {}))" + END, "step");
        doesNotCompile(".pivot().step(SHIP, s -> s.key(), nothingToUndo(\"a look\"))" + END, "step");
    }

    @Test
    void there_is_one_pivot() {
        compiles(STEP + ".pivot().step(SHIP, s -> s.key())" + END);
        doesNotCompile(STEP + ".pivot().pivot().step(SHIP, s -> s.key())" + END, "pivot()");
        doesNotCompile(STEP + ".pivot().step(SHIP, s -> s.key()).pivot()" + END, "pivot()");
    }

    @Test
    void a_pivot_stands_at_the_top_level_only() {
        String sibling = ".capture(CHARGE, s -> 1)";

        compiles(".parallel(\"both\", p -> p" + STEP + sibling + ").pivot().step(SHIP, s -> s.key())" + END);
        doesNotCompile(".parallel(\"both\", p -> p" + STEP + sibling + ".pivot())" + END, "pivot()");
        compiles(".parallel(\"both\", p -> p.branch(\"b\", b -> b" + STEP + ")" + sibling + ")" + END);
        doesNotCompile(
                ".parallel(\"both\", p -> p.branch(\"b\", b -> b" + STEP + ".pivot())" + sibling + ")" + END,
                "pivot()");
        compiles(".when(\"w\", s -> true, then -> then" + STEP + ")" + END);
        doesNotCompile(".when(\"w\", s -> true, then -> then" + STEP + ".pivot())" + END, "pivot()");
    }

    @Test
    void past_the_pivot_there_is_nothing_that_could_unwind() {
        String parallel = "p -> p.step(SHIP, s -> s.key()).capture(CHARGE, s -> 1)";

        compiles(".pivot().parallel(\"both\", " + parallel + ")" + END);
        doesNotCompile(".pivot().parallel(\"both\", p -> p.branch(\"b\", b -> {}))" + END, "branch");
        doesNotCompile(".pivot().when(\"w\", s -> true, then -> {})" + END, "when");
        doesNotCompile(".pivot().invoke(SHIP, \"other\", s -> s.input())" + END, "invoke");
        doesNotCompile(".pivot().saga(CHARGE, INNER, s -> s.input().id())" + END, "saga");
        doesNotCompile(".pivot().validate(o -> {})" + END, "validate");
    }

    @Test
    void an_await_needs_a_timeout() {
        compiles(".await(RESERVE, within(ofHours(1)), (s, id) -> {}, nothingToUndo(\"a mail\"))" + END);
        compiles(
                ".await(RESERVE, within(ofHours(1)).heartbeat(ofMinutes(1)), (s, id) -> {}, undo((s, e) -> {}))" + END);
        doesNotCompile(".await(RESERVE, (s, id) -> {}, nothingToUndo(\"a mail\"))" + END, "await");
        doesNotCompile(".await(RESERVE, within(ofHours(1)), (s, id) -> {})" + END, "await");
    }

    @Test
    void past_the_pivot_a_wait_says_what_happens_when_nothing_comes() {
        String looks = "Polling.every(ofSeconds(1), 3)";

        compiles(".pivot().await(SHIP, within(ofHours(1)).orElse(\"none\"), (s, id) -> {})" + END);
        doesNotCompile(".pivot().await(SHIP, within(ofHours(1)), (s, id) -> {})" + END, "await");
        compiles(".pivot().poll(SHIP, " + looks + ".orElse(\"none\"), s -> Optional.of(\"there\"))" + END);
        doesNotCompile(".pivot().poll(SHIP, " + looks + ", s -> Optional.of(\"there\"))" + END, "poll");
    }

    @Test
    void a_for_each_needs_a_bound_and_an_item_key() {
        String body = "each -> each" + STEP + ")" + END;

        compiles(".forEach(\"lines\", Bound.atMost(9), s -> s.input().lines(), Line::sku, " + body);
        doesNotCompile(".forEach(\"lines\", s -> s.input().lines(), Line::sku, " + body, "forEach");
        doesNotCompile(".forEach(\"lines\", Bound.atMost(9), s -> s.input().lines(), " + body, "forEach");
    }

    @Test
    void a_predicate_sees_no_key() {
        compiles(STEP + ".when(\"w\", s -> s.result(RESERVE).isEmpty(), t -> t.capture(CHARGE, s -> 1))" + END);
        doesNotCompile(STEP + ".when(\"w\", s -> s.key().isEmpty(), t -> t.capture(CHARGE, s -> 1))" + END, "key()");
    }

    @Test
    void what_must_be_pure_sees_no_attempt_and_no_execution() {
        compiles(STEP + ".returning(String.class, s -> s.result(RESERVE))");
        doesNotCompile(STEP + ".returning(String.class, s -> s.executionName())", "executionName()");
        doesNotCompile(STEP + ".returning(Integer.class, s -> s.attempt())", "attempt()");
        compiles(".saga(CHARGE, INNER, s -> s.input().id())" + END);
        doesNotCompile(".saga(CHARGE, INNER, s -> s.key())" + END, "key()");
        doesNotCompile(".invoke(CHARGE, \"other\", s -> s.key(), nothingToUndo(\"a look\"))" + END, "key()");
    }

    @Test
    void there_is_no_item_outside_a_for_each() {
        String start = ".forEach(\"lines\", Bound.atMost(9), s -> s.input().lines(), Line::sku, each -> each";

        compiles(start + ".step(RESERVE, s -> s.item().sku(), undo((s, e) -> s.item().sku())))" + END);
        doesNotCompile(".step(RESERVE, s -> s.item().sku(), nothingToUndo(\"a look\"))" + END, "item()");
        doesNotCompile(start + STEP + ").capture(SHIP, s -> s.item().sku())" + END, "item()");
    }

    @Test
    void results_have_the_type_of_their_key() {
        compiles(STEP + ".capture(CHARGE, s -> s.result(RESERVE).length())" + END);
        doesNotCompile(STEP + ".capture(CHARGE, s -> s.result(RESERVE))" + END, "incompatible types");
        doesNotCompile(".step(RESERVE, s -> 1, nothingToUndo(\"a look\"))" + END, "incompatible types");
        doesNotCompile(".step(RESERVE, s -> s.key(), undo((s, e) -> e.result().get().intValue()))" + END, "intValue()");
    }

    @Test
    void a_nested_saga_gets_its_own_input_and_yields_its_own_type() {
        compiles(".saga(CHARGE, INNER, s -> s.input().id())" + END);
        doesNotCompile(".saga(CHARGE, INNER, s -> s.input())" + END, "incompatible types");
        doesNotCompile(".saga(SHIP, INNER, s -> s.input().id())" + END, "saga");
    }

    @Test
    void an_alternative_value_has_the_type_of_the_key() {
        String send = ", (s, id) -> {}, nothingToUndo(\"a mail\"))";

        compiles(".await(CHARGE, within(ofHours(1)).orElse(0)" + send + END);
        doesNotCompile(".await(CHARGE, within(ofHours(1)).orElse(\"none\")" + send + END, "await");
    }

    private void compiles(String chain) {
        assertThat(Compiling.errors(output, chain)).as(chain).isEmpty();
    }

    private void doesNotCompile(String chain, String reason) {
        assertThat(Compiling.errors(output, chain))
                .as(chain)
                .isNotEmpty()
                .anySatisfy(error -> assertThat(error).contains(reason));
    }
}
