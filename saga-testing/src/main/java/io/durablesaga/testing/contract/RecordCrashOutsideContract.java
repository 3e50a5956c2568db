package io.durablesaga.testing.contract;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.Within;
import io.durablesaga.testing.engine.EngineUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Any durable write of a saga breaks that waits for somebody outside, or for another saga; also those of the answers. */
abstract class RecordCrashOutsideContract extends StoryContract {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final StepKey<String> ANSWER = StepKey.of("answer", String.class);
    private static final StepKey<String> OTHER = StepKey.of("other", String.class);
    private static final StepKey<String> PAY = StepKey.of("pay", String.class);

    @Test
    void an_answer_arrives_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> asking(Within.within(A_DAY)))
                .then("answer", (engine, id) -> engine.complete(id, "yes")));
    }

    @Test
    void an_answer_is_undone_with_the_rest_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> {
                    world.always("ship", Fault.FAILS);
                    return asking(Within.within(A_DAY));
                })
                .then("answer", (engine, id) -> engine.complete(id, "yes")));
    }

    @Test
    void an_answer_that_says_no_unwinds_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> asking(Within.within(A_DAY)))
                .then("answer", (engine, id) -> engine.fail(id, "over the limit")));
    }

    @Test
    void nobody_answering_in_time_unwinds_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> asking(Within.within(TEN_SECONDS.multipliedBy(2)))));
    }

    @Test
    void nobody_answering_in_time_yields_the_value_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .await(
                        ANSWER,
                        Within.within(TEN_SECONDS).orElse("nobody"),
                        world.sends("answer"),
                        world.undoes("answer"))
                .returning(String.class, s -> s.result(ANSWER))));
    }

    @Test
    void an_answer_after_heartbeats_arrives_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> asking(Within.within(A_DAY).heartbeat(Duration.ofHours(1))))
                .then("answer", EngineUnderTest::heartbeat)
                .then("answer", EngineUnderTest::heartbeat)
                .then("answer", (engine, id) -> engine.complete(id, "yes")));
    }

    @Test
    void a_missing_heartbeat_unwinds_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> asking(Within.within(A_DAY).heartbeat(TEN_SECONDS.multipliedBy(2))))
                .then("answer", EngineUnderTest::heartbeat));
    }

    @Test
    void two_answers_arrive_whichever_record_breaks() {
        breakEachWrite(Story.of(() -> saga().parallel(
                                "both",
                                both -> both.branch(
                                                "left",
                                                left -> left.await(
                                                        ANSWER,
                                                        Within.within(A_DAY),
                                                        world.sends("answer"),
                                                        world.undoes("answer")))
                                        .branch(
                                                "right",
                                                right -> right.await(
                                                        OTHER,
                                                        Within.within(A_DAY),
                                                        world.sends("other"),
                                                        world.undoes("other"))))
                        .returning(String.class, s -> s.result(ANSWER) + ", " + s.result(OTHER)))
                .concurrently()
                .then("both/right/other", (engine, id) -> engine.complete(id, "R"))
                .then("both/left/answer", (engine, id) -> engine.complete(id, "L")));
    }

    @Test
    void an_invoked_saga_yields_its_result_whichever_record_breaks() {
        breakEachWrite(Story.of(this::invoking).concurrently());
    }

    @Test
    void an_invoked_saga_that_is_undone_unwinds_its_parent_whichever_record_breaks() {
        breakEachWrite(Story.of(() -> {
                    world.always("capture", Fault.FAILS_AFTER_EFFECT);
                    return invoking();
                })
                .concurrently());
    }

    @Test
    void an_invocation_is_undone_whichever_record_breaks() {
        breakEachWrite(Story.of(() -> {
                    world.always("ship", Fault.FAILS);
                    return invoking();
                })
                .concurrently());
    }

    private Saga<String, String> asking(Within within) {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .await(ANSWER, within, world.sends("answer"), world.undoes("answer"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(ANSWER));
    }

    private Saga<String, String> invoking() {
        engine.register(SagaBuilder.saga("payment", String.class)
                .step(StepKey.of("hold", String.class), world.does("hold"), world.undoes("hold"))
                .sleep("nap", TEN_SECONDS)
                .step(StepKey.of("capture", String.class), world.does("capture"), world.undoes("capture"))
                .returning(String.class, s -> "paid for " + s.input()));
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .invoke(PAY, "payment", s -> s.input(), world.undoes("pay"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(PAY));
    }
}
