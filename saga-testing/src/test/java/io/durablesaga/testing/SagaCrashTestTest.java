package io.durablesaga.testing;

import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.testing.exploration.Counterexample;
import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.exploration.Sampling;
import io.durablesaga.testing.fault.Failing;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Schedule;
import io.durablesaga.testing.junit.CrashTests;
import io.durablesaga.testing.world.World;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

class SagaCrashTestTest {
    private static SagaCrashTest<World, String, String> chain(int length) {
        return SagaCrashTest.of(world -> Chains.of(length, world)).input("books");
    }

    /** Its undo does the wrong thing where another process did the action. */
    private static SagaCrashTest<AtomicInteger, String, String> forgetful() {
        return SagaCrashTest.of(AtomicInteger::new, SagaCrashTestTest::forgetful)
                .input("books")
                .invariant("nothing stays", standing -> standing.get() % 10 == 0);
    }

    private static Saga<String, String> forgetful(AtomicInteger standing) {
        int[] done = new int[1];
        return SagaBuilder.saga("forgetful", String.class)
                .step(
                        Chains.step(1),
                        s -> {
                            standing.set(1);
                            done[0] = 1;
                            return "did it";
                        },
                        undo((s, effect) -> standing.updateAndGet(before -> done[0] == 1 ? 0 : before)))
                .step(
                        Chains.step(2),
                        s -> {
                            standing.set(10);
                            return "and more";
                        },
                        undo((s, effect) -> standing.set(1)))
                .returning(String.class, s -> s.result(Chains.step(2)));
    }

    @Test
    void a_chain_survives_every_pair_of_faults() {
        Report report = chain(2).faults(Fault.values())
                .barrier(Chains.step(1), Chains.step(2))
                .check();

        assertThat(report.percent()).isEqualTo(100);
        assertThat(report.explored(1)).isEqualTo(report.existing(1)).isPositive();
        assertThat(report.explored(2)).isEqualTo(report.existing(2)).isPositive();
        assertThat(report.fired()).containsKeys(Fault.CRASH, Fault.ACK_LOST, Fault.THROTTLED, Fault.ZOMBIE);
    }

    @Test
    void a_step_whose_effect_may_arrive_after_its_undo_is_told_to_have_a_barrier() {
        Report report = chain(1).faults(Fault.ZOMBIE).explore();

        assertThat(report.counterexample().orElseThrow().toString())
                .contains("I3: step-1 needs a barrier")
                .contains("zombie@body:step-1#1");
    }

    @Test
    void an_undo_that_reads_a_field_is_caught_with_one_fault_and_the_line_that_repeats_it() {
        Counterexample found = forgetful().explore().counterexample().orElseThrow();

        assertThat(found.schedule().faults()).hasSize(1);
        assertThat(found.violations()).extracting("invariant").containsExactly("nothing stays");
        assertThat(found.toString()).contains("incarnation 2", found.replay());
        assertThatThrownBy(() -> forgetful().replay(found.schedule().toString()))
                .isInstanceOf(CrashTestFailed.class)
                .hasMessage(found.toString());
    }

    @Test
    void what_is_found_is_the_same_every_time() {
        String first = forgetful().explore().counterexample().orElseThrow().toString();

        assertThat(forgetful().explore().counterexample().orElseThrow()).hasToString(first);
    }

    @Test
    void a_schedule_under_which_all_is_well_replays_without_a_word() {
        chain(2).replay("fails-after@step-2; crash@effect:undo:step-2#1");
    }

    @Test
    void a_fault_that_never_happens_is_a_failure() {
        assertThatThrownBy(() -> chain(2).replay("crash@effect:step-9#1"))
                .isInstanceOf(CrashTestFailed.class)
                .hasMessageContaining("crash@effect:step-9#1");
    }

    @Test
    void only_what_is_asked_for_fails() {
        Report report = chain(2).failing(Chains.step(1), Failing.REJECTED)
                .faults(Fault.THROTTLED)
                .exhaustive(1)
                .explore();

        assertThat(report.fired()).containsOnlyKeys(Fault.THROTTLED);
        assertThat(report.points()).doesNotContainKeys("undo:step-1", "undo:step-2");
    }

    @Test
    void what_is_left_out_is_said() {
        Report report = chain(3).budget(Duration.ofNanos(1)).explore();

        assertThat(report.percent()).isLessThan(100);
        assertThat(report.leftOut())
                .anyMatch(what -> what.startsWith("zombie"))
                .anyMatch(what -> what.contains("did not fit into"));
        assertThat(report.text()).contains("Left out", "zombie: not asked for");
    }

    @Test
    void a_step_that_is_to_fail_and_never_runs_is_said() {
        Report report = SagaCrashTest.of(world -> new Catalogue(world).choosing())
                .input("books")
                .failing(Catalogue.SECOND, Failing.REJECTED)
                .exhaustive(0)
                .explore();

        assertThat(report.leftOut()).contains("failing second: no step of that name has run");
    }

    @Test
    void all_is_explored_where_no_second_fault_can_happen() {
        Report report = SagaCrashTest.of(world -> new Catalogue(world).awaiting())
                .input("books")
                .answering(Catalogue.ANSWER, "yes")
                .failing(Catalogue.FIRST)
                .faults(Fault.TIMER_SKEW, Fault.CALLBACK_RACE)
                .explore();

        assertThat(report.explored(1)).isEqualTo(report.existing(1)).isPositive();
        assertThat(report.percent()).isEqualTo(100);
    }

    @Test
    void points_are_where_a_fault_was_tried_and_not_where_there_was_no_time() {
        assertThat(chain(3).budget(Duration.ofNanos(1)).explore().points()).isEmpty();
    }

    @Test
    void sampled_schedules_are_the_same_for_the_same_seed() {
        SagaCrashTest<World, String, String> sampling = chain(3).exhaustive(0).threads(1);

        Report one = sampling.then(Sampling.sampled(3, 50)).explore();
        Report same = sampling.then(Sampling.sampled(3, 50)).explore();
        Report other = sampling.then(Sampling.sampled(3, 50).seed(7)).explore();

        assertThat(one.samples()).isEqualTo(50);
        assertThat(one.fired()).isEqualTo(same.fired()).isNotEqualTo(other.fired());
    }

    @Test
    void junit_shows_one_test_per_choice_of_what_fails() {
        assertThat(CrashTests.dynamicTests(chain(1).exhaustive(1)))
                .extracting(DynamicTest::getDisplayName)
                .contains(
                        "nothing fails", "rejects@step-1", "fails-before@step-1", "fails-after@step-1", "runs-twice@*");
    }

    @Test
    void what_is_sampled_is_a_part_too() {
        SagaCrashTest<AtomicInteger, String, String> sampling =
                forgetful().exhaustive(0).then(Sampling.sampled(2, 200));
        List<SagaCrashTest.Part> parts = sampling.parts();
        SagaCrashTest.Part last = parts.get(parts.size() - 1);

        assertThat(last.name()).startsWith("sampled: 200 of 2 faults");
        assertThatThrownBy(last.check()::run).isInstanceOf(CrashTestFailed.class);
    }

    @Test
    void a_part_fails_as_the_whole_does() {
        SagaCrashTest.Part part = forgetful().exhaustive(1).parts().stream()
                .filter(one -> one.name().equals("fails-after@step-2"))
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(part.check()::run).isInstanceOf(CrashTestFailed.class);
    }

    @Test
    void a_page_needs_nothing_else_and_escapes_what_it_shows() {
        String page = forgetful().invariant("<b>", standing -> false).explore().html();

        assertThat(page).contains("&lt;b&gt;", "step-1", "VIOLATED").doesNotContain("<b>", "src=", "href=", "<script");
    }

    @Test
    void plans_that_explore_nothing_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(1).exhaustive(-1))
                .withMessageContaining("exhaustive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(1).threads(0))
                .withMessageContaining("threads");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(1).budget(Duration.ZERO))
                .withMessageContaining("budget");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sampling.sampled(0, 1))
                .withMessageContaining("faults");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sampling.sampled(1, -1))
                .withMessageContaining("runs");
    }

    @Test
    void nothing_going_wrong_has_an_empty_schedule() {
        assertThat(Schedule.NONE).hasToString("");
    }

    @Test
    void a_saga_that_never_completes_is_no_test_of_going_forward() {
        SagaCrashTest<World, String, String> unanswered = SagaCrashTest.of(world -> new Catalogue(world).awaiting())
                .input("books")
                .exhaustive(0);

        assertThatThrownBy(unanswered::check)
                .isInstanceOf(CrashTestFailed.class)
                .hasMessageContaining("it does not complete though nothing goes wrong")
                .hasMessageContaining("answering(...)")
                .hasMessageContaining("because of answer: timed out");
        assertThatThrownBy(() -> unanswered.replay("")).isInstanceOf(CrashTestFailed.class);
        unanswered.neverCompletes().check();
    }

    @Test
    void names_of_steps_that_are_not_there_are_refused_with_those_that_are() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> chain(1).failing(Chains.step(7), Failing.REJECTED).check())
                .withMessage("saga 'chain-of-1' has no step 'step-7'; it has [step-1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(1).answering(Chains.step(7), "yes").check());
        assertThatIllegalArgumentException().isThrownBy(() -> chain(1).replay("rejects@step-7"));
    }
}
