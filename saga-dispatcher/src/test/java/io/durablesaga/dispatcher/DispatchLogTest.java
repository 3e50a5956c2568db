package io.durablesaga.dispatcher;

import static io.durablesaga.dispatcher.Records.order;
import static io.durablesaga.dispatcher.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatchLogTest {
    private final DispatchLog log = new DispatchLog("orders");

    @Test
    void a_record_is_one_line_of_keys_and_values_without_what_it_says() {
        Decision decision = new Decision(
                record("a \"b\"\n\u2028c", "{\"secret\":1}"), Outcome.CONFLICT, true, true, "orders--1", "in use\nby");

        assertThat(log.line(decision))
                .isEqualTo("scope=orders source=test id=\"a ?b???c\" name=orders--1 outcome=CONFLICT acknowledged=true"
                        + " deadLettered=true detail=\"in use?by\"");
    }

    @Test
    void a_record_of_which_nothing_is_known_is_a_line_too() {
        Incoming nameless = new Incoming(
                Optional.empty(),
                Sequence.NONE,
                Arrival.FIRST,
                new Content.Unreadable("no body"),
                Map.of(),
                Optional.empty());

        assertThat(log.line(Decision.returned(nameless, Outcome.POISON, null, "")))
                .isEqualTo("scope=orders source= id= name= outcome=POISON acknowledged=false deadLettered=false");
    }

    @Test
    void what_keeps_records_from_being_started_is_told_once_and_of_many_only_some() {
        List<Decision> decisions = IntStream.range(0, 100)
                .mapToObj(n -> Decision.returned(
                        order("n" + n),
                        n % 3 == 0 ? Outcome.FAILED : n % 3 == 1 ? Outcome.THROTTLED : Outcome.NOT_REACHED,
                        null,
                        n < 90 ? "no permission" : "other " + n))
                .toList();

        assertThat(DispatchLog.failures(decisions))
                .hasSize(5)
                .containsEntry("no permission", 60)
                .containsEntry("other 90", 1)
                .doesNotContainKey("other 99");
    }
}
