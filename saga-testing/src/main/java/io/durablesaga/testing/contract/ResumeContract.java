package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Parking;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.Within;
import io.durablesaga.engine.Decision;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The process dies while an execution waits: what was waited for is waited for again, no shorter and no longer. */
abstract class ResumeContract extends SubjectContract {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final StepKey<String> ANSWER = StepKey.of("answer", String.class);

    @Test
    void a_sleep_is_neither_shortened_nor_prolonged_by_a_crash() {
        Saga<String, String> saga = sleeping();
        start(saga);
        engine.advance(Duration.ofSeconds(4));
        restart();
        assertWaiting(saga);
        engine.advance(Duration.ofSeconds(5));
        assertWaiting(saga);
        engine.advance(Duration.ofSeconds(1));

        assertThat(completed(saga)).isEqualTo("did ship");
        assertThat(world.attempts()).containsExactly("reserve#1", "ship#1");
    }

    @Test
    void what_fell_due_while_no_process_ran_is_over_on_reopening() {
        Saga<String, String> saga = sleeping();
        start(saga);
        world.die();
        engine.advance(A_MINUTE);
        assertThat(world.attempts()).containsExactly("reserve#1");
        reopen();

        assertThat(completed(saga)).isEqualTo("did ship");
    }

    @Test
    void a_retry_that_fell_due_while_no_process_ran_is_made_on_reopening() {
        Saga<String, String> saga = order(with().retry(Retries.every(TEN_SECONDS, 3)));
        world.plan("charge", Fault.FAILS);
        start(saga);
        world.die();
        engine.advance(A_MINUTE);
        reopen();

        assertThat(completed(saga)).isEqualTo("did reserve, did charge, did ship");
        assertThat(world.attempts()).containsExactly("reserve#1", "charge#1", "charge#2", "ship#1");
    }

    @Test
    void an_answer_that_failed_to_come_while_no_process_ran_is_late_on_reopening() {
        Saga<String, String> saga = saga().await(
                        ANSWER, Within.within(A_MINUTE).orElse("nobody"), world.sends("ask"), world.undoes("ask"))
                .returning(String.class, s -> s.result(ANSWER));
        start(saga);
        world.die();
        engine.advance(A_MINUTE);
        reopen();

        assertThat(completed(saga)).isEqualTo("nobody");
    }

    @Test
    void a_retry_keeps_its_delay_and_its_count_across_a_crash() {
        Saga<String, String> saga = order(with().retry(Retries.every(TEN_SECONDS, 3)));
        world.plan("charge", Fault.FAILS, Fault.FAILS, Fault.FAILS);
        start(saga);
        engine.advance(Duration.ofSeconds(4));
        restart();
        assertThat(world.looks("charge")).isEqualTo(1);
        engine.advance(Duration.ofSeconds(5));
        assertThat(world.looks("charge")).isEqualTo(1);
        engine.advance(Duration.ofSeconds(1));
        assertThat(world.looks("charge")).isEqualTo(2);
        restart();
        engine.advance(TEN_SECONDS);

        assertThat(compensated(saga).effects().get(0).actionAttempts()).isEqualTo(3);
        assertThat(world.attempts())
                .containsExactly("reserve#1", "charge#1", "charge#2", "charge#3", "undo charge#1", "undo reserve#1");
    }

    @Test
    void a_delay_is_drawn_once_whatever_crashes() {
        AtomicInteger draws = new AtomicInteger();
        Retries drawn = new Retries(2, n -> draws.incrementAndGet() == 1 ? 10_000L : 3_600_000L, Duration.ofHours(1));
        Saga<String, String> saga = order(with().retry(drawn));
        world.plan("charge", Fault.FAILS);
        start(saga);
        restart();
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("did reserve, did charge, did ship");
        assertThat(draws).hasValue(1);
    }

    @Test
    void a_retry_of_an_undo_keeps_its_delay_and_its_count_across_a_crash() {
        Saga<String, String> saga = saga().step(
                        RESERVE,
                        world.does("reserve"),
                        world.undoes(undoing().retry(Retries.every(TEN_SECONDS, 2)), "reserve"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.REJECTS);
        world.plan("undo reserve", Fault.FAILS, Fault.FAILS);
        start(saga);
        restart();
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        assertThat(states(stuck(saga).open())).containsExactly("reserve NOT_UNDONE");
        assertThat(stuck(saga).open().get(0).undoAttempts()).isEqualTo(2);
    }

    @Test
    void a_parked_undo_stays_parked_under_its_id_across_a_crash() {
        Saga<String, String> saga = saga().step(
                        RESERVE,
                        world.does("reserve"),
                        world.undoes(undoing().retry(Retries.none()).onStuck(Parking.park(A_MINUTE)), "reserve"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.REJECTS);
        world.plan("undo reserve", Fault.FAILS);
        start(saga);
        String id = parked(saga).id();
        restart();

        assertThat(parked(saga).id()).isEqualTo(id);
        decide(saga, new Decision.Retry());
        assertThat(states(compensated(saga).effects())).containsExactly("reserve UNDONE");
        assertThat(world.attempts()).containsExactly("reserve#1", "ship#1", "undo reserve#1", "undo reserve#1");
    }

    @Test
    void a_parked_step_past_the_pivot_is_stuck_when_it_would_have_been_without_a_crash() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .pivot(Parking.park(A_MINUTE))
                .step(SHIP, world.does("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.FAILS);
        start(saga);
        engine.advance(A_MINUTE.minusSeconds(1));
        restart();
        assertThat(parked(saga).path()).isEqualTo("ship");
        engine.advance(Duration.ofSeconds(1));

        assertThat(states(stuck(saga).open())).containsExactlyInAnyOrder("reserve STANDING", "ship NOT_DONE");
    }

    @Test
    void a_decision_stands_across_a_crash() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .pivot(Parking.park(A_MINUTE))
                .step(SHIP, world.does("ship"))
                .step(ANSWER, world.does("tell"))
                .returning(String.class, s -> s.find(SHIP).toString());
        world.plan("ship", Fault.FAILS);
        world.plan("tell", Fault.DIES);
        start(saga);
        decide(saga, new Decision.Resolved("by hand"));
        reopen();

        assertThat(completed(saga)).isEqualTo("Optional.empty");
        assertThat(world.effects()).containsExactly("reserve", "tell");
    }

    @Test
    void branches_that_wait_wait_again() {
        Saga<String, String> saga = saga().parallel(
                        "both",
                        both -> both.branch(
                                        "left",
                                        left -> left.step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                                                .sleep("nap", TEN_SECONDS)
                                                .step(SHIP, world.does("ship"), world.undoes("ship")))
                                .branch(
                                        "right",
                                        right -> right.await(
                                                        ANSWER,
                                                        Within.within(A_MINUTE),
                                                        world.sends("ask"),
                                                        world.undoes("ask"))
                                                .step(CHARGE, world.does("charge"), world.undoes("charge"))))
                .returning(String.class, s -> s.result(ANSWER) + ", " + s.result(SHIP));
        start(saga);
        restart();
        complete("both/right/answer", "yes");
        restart();
        engine.advance(TEN_SECONDS);
        restart();

        assertThat(completed(saga)).isEqualTo("yes, did ship");
        assertThat(world.attempts())
                .containsExactlyInAnyOrder("reserve#1", "ask#1", "charge#1", "ship#1")
                .endsWith("charge#1", "ship#1");
    }

    @Test
    void what_has_ended_stays_as_it_ended() {
        Saga<String, String> good = order();
        start(good);
        Saga<String, String> bad = good;
        world.plan("charge", Fault.REJECTS);
        engine.start(bad, "order-2", "books");
        engine.settle();
        var before = List.of(result(good), result(bad, "order-2"));
        List<String> attempts = world.attempts();
        restart();
        engine.advance(A_MINUTE);

        assertThat(List.of(result(good), result(bad, "order-2"))).isEqualTo(before);
        assertThat(world.attempts()).isEqualTo(attempts);
        assertThat(operations()).hasSize(3);
    }

    @Test
    void what_ran_beside_an_execution_that_crashed_goes_on_too() {
        Saga<String, String> saga = sleeping();
        engine.register(saga);
        world.plan("ship", Fault.DIES_AFTER_EFFECT);
        List<String> names = IntStream.range(0, 10).mapToObj(i -> "order-" + i).toList();
        names.forEach(name -> engine.start(saga, name, "books"));
        engine.settle();
        engine.advance(TEN_SECONDS);
        reopen();

        assertThat(names).allSatisfy(name -> assertThat(completed(saga, name)).isEqualTo("did ship"));
        assertThat(world.effects()).hasSize(20);
    }

    @Test
    void everything_unfinished_resumes() {
        Saga<String, String> saga = sleeping();
        engine.register(saga);
        List<String> names = IntStream.range(0, 10).mapToObj(i -> "order-" + i).toList();
        names.forEach(name -> engine.start(saga, name, "books"));
        engine.settle();
        restart();
        engine.advance(TEN_SECONDS);

        assertThat(names).allSatisfy(name -> assertThat(completed(saga, name)).isEqualTo("did ship"));
        assertThat(world.attempts()).hasSize(20);
    }

    private Saga<String, String> sleeping() {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .sleep("nap", TEN_SECONDS)
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
    }
}
