package io.durablesaga.dynamodb.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.durablesaga.dynamodb.DynamoDbIdempotencyStore;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.ClaimLost;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.InProgressElsewhere;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The first examples of docs/idempotency.md, run. */
@ExtendWith(LocalDynamoDb.Extension.class)
class LabelDeskTest {
    private DynamoDbClient client;

    @BeforeEach
    void openTable(LocalDynamoDb dynamo) {
        client = dynamo.client();
        IdempotencyTable table = IdempotencyTable.named("effects");
        // idempotency.md: a table for tests
        TestTables.createIfMissing(client, table);
        // idempotency.md: end
    }

    /** Prints one more whenever it is told to. */
    private static final class Inkjet implements Printer {
        private final List<Label> printed = new ArrayList<>();
        private Runnable meanwhile = () -> {};

        @Override
        public Label print(String order) {
            meanwhile.run();
            printed.add(new Label(order, printed.size() + 1));
            return printed.get(printed.size() - 1);
        }

        @Override
        public Optional<Label> find(String order) {
            return printed.stream().filter(label -> label.order().equals(order)).findFirst();
        }
    }

    @Test
    void a_label_is_printed_once_whoever_asks_again() throws Exception {
        Inkjet printer = new Inkjet();
        LabelDesk desk = new LabelDesk(client, printer);

        assertThat(desk.print("1", "first")).isEqualTo(new Label("1", 1));
        assertThat(desk.print("1", "first")).isEqualTo(new Label("1", 1));
        assertThat(desk.print("1", "second")).isEqualTo(new Label("1", 1));
        assertThat(printer.printed).hasSize(1);
    }

    @Test
    void whoever_asks_while_it_is_being_printed_is_turned_away() throws Exception {
        Inkjet printer = new Inkjet();
        LabelDesk desk = new LabelDesk(client, printer);
        printer.meanwhile = () -> assertThatExceptionOfType(InProgressElsewhere.class)
                .isThrownBy(() -> desk.print("2", "second"))
                .satisfies(elsewhere -> assertThat(elsewhere.owner()).isEqualTo("first"));

        desk.print("2", "first");
        assertThat(printer.printed).hasSize(1);
    }

    @Test
    void what_a_request_that_died_has_printed_is_found_by_the_next_attempt_of_it() throws Exception {
        Inkjet printer = new Inkjet();
        LabelDesk desk = new LabelDesk(client, printer);
        store(Instant.now()).claim(Request.of("label-3", "first", Duration.ofMinutes(1)));
        printer.print("3");

        assertThat(desk.print("3", "first")).isEqualTo(new Label("3", 1));
        assertThat(printer.printed).hasSize(1);
    }

    @Test
    void two_at_once_of_one_owner_are_taken_for_one_who_comes_again() throws Exception {
        Inkjet printer = new Inkjet();
        LabelDesk desk = new LabelDesk(client, printer);
        printer.meanwhile = () -> {
            printer.meanwhile = () -> {};
            try {
                desk.print("4", "the same");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };

        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> desk.print("4", "the same"));
        assertThat(printer.printed).hasSize(2);
    }

    @Test
    void a_person_settles_what_nothing_else_can() {
        DynamoDbIdempotencyStore yesterday = store(Instant.now().minus(Duration.ofDays(1)));
        yesterday.claim(Request.of("label-5", "first", Duration.ofMinutes(1)));
        IdempotencyStore store = store(Instant.now());
        settle(store, "label-5");

        assertThat(store.claim(Request.of("label-5", "second", Duration.ofMinutes(1))))
                .isEqualTo(new Claim.Completed("{\"order\":\"5\",\"number\":1}"));
    }

    @Test
    void a_key_that_a_person_mistypes_is_not_kept_from_anybody() {
        IdempotencyStore store = store(Instant.now());
        settle(store, "label-6");

        assertThat(store.claim(Request.of("label-6", "second", Duration.ofMinutes(1))))
                .isInstanceOfSatisfying(
                        Claim.Granted.class,
                        granted -> assertThat(granted.takenOver()).isFalse());
    }

    private static void settle(IdempotencyStore store, String key) {
        // idempotency.md: settled by hand
        Claim claim = store.claim(Request.of(key, "ticket 4711", Duration.ofMinutes(5)));
        if (claim instanceof Claim.Granted granted) {
            if (granted.takenOver()) {
                store.complete(granted, "{\"order\":\"5\",\"number\":1}"); // it happened; if surely not, release it
            } else {
                store.release(granted); // nobody was having it: is the key right?
            }
        }
        // idempotency.md: end
    }

    private DynamoDbIdempotencyStore store(Instant now) {
        return DynamoDbIdempotencyStore.over(
                client, IdempotencyTable.named("effects").clock(() -> now));
    }
}
