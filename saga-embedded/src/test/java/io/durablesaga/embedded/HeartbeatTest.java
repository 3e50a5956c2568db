package io.durablesaga.embedded;

import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.engine.CallbackAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A heartbeat happens at one time. */
class HeartbeatTest extends EngineTest {
    private static final Duration SILENCE = Duration.ofMinutes(10);

    /** Time passes at each look at the clock, so that the silence is too long at the second one. */
    @Test
    void a_heartbeat_prolongs_from_the_time_at_which_it_was_in_time() {
        AtomicLong time = new AtomicLong();
        AtomicBoolean passing = new AtomicBoolean();
        InstantSource ticking = () -> Instant.ofEpochMilli(
                passing.get() ? time.getAndAdd(Duration.ofMinutes(2).toMillis()) : time.get());
        Saga<String, String> saga = saga("asking")
                .await(A, within(Duration.ofHours(9)).heartbeat(SILENCE), (s, id) -> {}, none())
                .returning(String.class, v -> v.result(A));
        EmbeddedEngine engine = inMemory(builder -> builder.clock(ticking));
        engine.register(saga);
        engine.start(saga, "one", "x");
        engine.awaitIdle();
        String id = engine.callbacks("one").get(0).id();
        Instant heard = Instant.EPOCH.plus(Duration.ofMinutes(9));
        time.set(heard.toEpochMilli());
        passing.set(true);
        CallbackAnswer answer = engine.heartbeat(id);
        passing.set(false);

        assertThat(answer).isEqualTo(CallbackAnswer.ACCEPTED);
        time.set(heard.toEpochMilli());
        assertThat(engine.callbacks("one").get(0).until()).isEqualTo(heard.plus(SILENCE));
    }
}
