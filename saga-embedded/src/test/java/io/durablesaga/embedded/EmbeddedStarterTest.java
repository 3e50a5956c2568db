package io.durablesaga.embedded;

import static io.durablesaga.Parking.park;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepRejected;
import io.durablesaga.embedded.journal.Disk;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.MemoryStore;
import io.durablesaga.embedded.journal.SqliteStore;
import io.durablesaga.start.Failed;
import io.durablesaga.start.SagaStarter;
import io.durablesaga.start.Standing;
import io.durablesaga.start.StandingAnswer;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartAnswer.Accepted;
import io.durablesaga.start.StartAnswer.Conflict;
import io.durablesaga.start.StartAnswer.Refused;
import io.durablesaga.start.StartRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a starter does that only an engine of one process can tell; the rest is in its contract. */
class EmbeddedStarterTest extends EngineTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /** What a payload is read as. */
    record Order(String item, int quantity) {}

    private final Saga<Order, String> place = SagaBuilder.saga("place", Order.class)
            .validate(order -> {
                if (order.quantity() < 1) {
                    throw new StepRejected("nothing is ordered");
                }
            })
            .step(A, s -> "did " + s.input().item(), none())
            .returning(String.class, v -> v.result(A));

    /** Writes what it does not read. */
    record OneWay(@JsonValue String text) {
        @JsonCreator
        static OneWay read(String text) {
            if (text.startsWith("written ")) {
                throw new IllegalArgumentException("not this: " + text);
            }
            return new OneWay("written " + text);
        }
    }

    private static StartAnswer start(SagaStarter starter, String payload) {
        return starter.start(new StartRequest("one", payload, SOON));
    }

    private static StandingAnswer standing(SagaStarter starter, Accepted execution) {
        return starter.standing(execution, SOON);
    }

    private SagaStarter starter(EmbeddedEngine engine, Saga<?, ?> saga) {
        engine.register(saga);
        return engine.starter(saga);
    }

    @Test
    void a_payload_is_the_input_it_reads_as_whoever_starts_it() {
        EmbeddedEngine engine = open();
        SagaStarter starter = starter(engine, place);
        Accepted accepted = (Accepted) start(starter, "{\"quantity\": 2, \"item\": \"books\", \"sent\": \"today\"}");

        Execution<String> execution = engine.start(place, "one", new Order("books", 2));
        assertThat(accepted).isEqualTo(new Accepted("one", execution.id()));
        assertThat(completed(execution)).isEqualTo("did books");
        assertThat(start(starter, "{\"item\":\"books\",\"quantity\":2}")).isEqualTo(accepted);
        assertThat(starter.largestPayload()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void a_payload_that_is_no_input_of_the_saga_is_refused_without_a_word_of_it() {
        EmbeddedEngine engine = open();
        SagaStarter starter = starter(engine, place);
        for (String payload : List.of("null", "7", "[\"books\"]", "{\"item\":\"books\",\"quantity\":\"books\"}")) {
            StartAnswer answer = start(starter, payload);
            assertThat(answer).as(payload).isInstanceOf(Refused.class);
            assertThat(((Refused) answer).detail())
                    .as(payload)
                    .contains("'place'", "'one'", "the payload", "nothing was started")
                    .doesNotContain("books");
        }
        assertThat(((Refused) start(starter, "{\"quantity\":\"books\"}")).detail())
                .contains("does not read as " + Order.class.getName(), "InvalidFormatException at line 1, column 13");
        assertThat(engine.list(ExecutionQuery.all())).isEmpty();
    }

    @Test
    void a_payload_that_would_not_read_again_from_its_record_is_refused() {
        EmbeddedEngine engine = open();
        Saga<OneWay, ?> oneWay =
                SagaBuilder.saga("one-way", OneWay.class).sleep("nap", SOON).returningNothing();
        StartAnswer answer = start(starter(engine, oneWay), "\"books\"");

        assertThat(answer).isInstanceOf(Refused.class);
        assertThat(((Refused) answer).detail()).contains("or not again").doesNotContain("books");
        assertThat(engine.list(ExecutionQuery.all())).isEmpty();
    }

    @Test
    void an_input_that_the_validations_refuse_is_started_and_ends_compensated() {
        SagaStarter starter = starter(open(), place);
        StartAnswer answer = start(starter, "{\"item\":\"books\",\"quantity\":0}");

        assertThat(answer).isInstanceOf(Accepted.class);
        assertThat(standing(starter, (Accepted) answer)).isEqualTo(new Standing(Standing.State.COMPENSATED, ""));
    }

    @Test
    void a_name_that_another_saga_uses_is_in_conflict_and_unknown_to_this_one() {
        EmbeddedEngine engine = open();
        SagaStarter starter = starter(engine, place);
        SagaStarter other = starter(engine, echo("echo"));
        Accepted accepted = (Accepted) start(other, "\"books\"");

        assertThat(start(starter, "{\"item\":\"books\",\"quantity\":2}")).isInstanceOf(Conflict.class);
        assertThat(standing(starter, accepted)).isEqualTo(new Standing(Standing.State.UNKNOWN, ""));
        assertThat(standing(other, accepted)).isNotEqualTo(new Standing(Standing.State.UNKNOWN, ""));
    }

    @Test
    void what_waits_is_parked_or_halted_has_not_ended() {
        EmbeddedEngine engine = open();
        Saga<String, ?> napping = saga("napping").sleep("nap", HOUR).returningNothing();
        SagaStarter naps = starter(engine, napping);
        Accepted waiting = (Accepted) naps.start(new StartRequest("waiting", "\"x\"", SOON));
        SagaStarter parks = starter(engine, notUndone());
        Accepted parked = (Accepted) parks.start(new StartRequest("parked", "\"x\"", SOON));
        engine.awaitIdle();
        Standing running = new Standing(Standing.State.RUNNING, "");
        assertState(engine, "waiting", ExecutionSummary.State.WAITING);
        assertThat(standing(naps, waiting)).isEqualTo(running);
        assertState(engine, "parked", ExecutionSummary.State.PARKED);
        assertThat(standing(parks, parked)).isEqualTo(running);

        SagaStarter renamed =
                starter(engine, saga("napping").sleep("rest", HOUR).returningNothing());
        clock.advance(HOUR);
        engine.awaitIdle();
        assertState(engine, "waiting", ExecutionSummary.State.HALTED);
        assertThat(standing(renamed, waiting)).isEqualTo(running);
        assertState(engine, "parked", ExecutionSummary.State.STUCK);
        assertThat(standing(parks, parked)).isEqualTo(new Standing(Standing.State.FAILED, "stuck"));
    }

    @Test
    void there_is_no_starter_of_a_saga_that_is_not_registered() {
        EmbeddedEngine engine = open();
        assertThatThrownBy(() -> engine.starter(place))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'place'", "not registered", "register(saga)");
    }

    @Test
    void a_definition_that_another_one_has_replaced_starts_nothing_more() {
        EmbeddedEngine engine = open();
        SagaStarter starter = starter(engine, echo("echo"));
        engine.register(echo("echo"));
        StartAnswer answer = start(starter, "\"books\"");

        assertThat(answer).isInstanceOf(Failed.class);
        assertThat(((Failed) answer).passing()).isFalse();
        assertThat(((Failed) answer).detail()).contains("'echo'", "another definition");
        assertThat(engine.list(ExecutionQuery.all())).isEmpty();
    }

    @Test
    void a_closed_engine_fails_for_good() {
        EmbeddedEngine engine = open();
        SagaStarter starter = starter(engine, echo("echo"));
        Accepted accepted = (Accepted) start(starter, "\"books\"");
        engine.close();

        Failed failed = new Failed(journal() + ": the engine is closed; open it again to go on", false);
        assertThat(start(starter, "\"books\"")).isEqualTo(failed);
        assertThat(standing(starter, accepted)).isEqualTo(failed);
    }

    @Test
    void a_full_disk_fails_until_there_is_room() {
        SqliteStore store = SqliteStore.open(journal());
        Disk disk = new Disk(store);
        SagaStarter starter = starter(over(store, builder -> builder), echo("echo"));
        String large = "\"" + "x".repeat(100_000) + "\"";
        disk.fill();
        StartAnswer answer = start(starter, large);
        assertThat(answer).isInstanceOf(Failed.class);
        assertThat(((Failed) answer).passing()).isTrue();
        assertThat(((Failed) answer).detail()).contains("the disk is full");

        disk.makeRoom();
        assertThat(start(starter, large)).isInstanceOf(Accepted.class);
    }

    @Test
    void a_start_whose_acknowledgement_is_lost_has_failed_and_is_found_when_it_is_tried_again() {
        WatchedStore store = new WatchedStore(new MemoryStore());
        EmbeddedEngine engine = over(store, builder -> builder);
        SagaStarter starter = starter(engine, echo("echo"));
        AtomicBoolean lost = new AtomicBoolean(true);
        store.onCommit(() -> {}, () -> {
            if (lost.compareAndSet(true, false)) {
                throw new JournalException("the connection broke", null);
            }
        });

        assertThat(start(starter, "\"books\"")).isEqualTo(new Failed("the connection broke", true));
        assertThat(start(starter, "\"books\"")).isInstanceOf(Accepted.class);
        assertThat(engine.list(ExecutionQuery.all())).hasSize(1);
    }

    private static void assertState(EmbeddedEngine engine, String name, ExecutionSummary.State state) {
        assertThat(engine.summary(name).state()).isEqualTo(state);
    }

    private Saga<String, ?> notUndone() {
        return saga("sticking")
                .step(A, s -> "a", undo(undoing().retry(Retries.none()).onStuck(park(HOUR)), (s, effect) -> {
                    throw new IllegalStateException("out of order");
                }))
                .step(
                        B,
                        s -> {
                            throw new StepRejected("no");
                        },
                        none())
                .returningNothing();
    }
}
