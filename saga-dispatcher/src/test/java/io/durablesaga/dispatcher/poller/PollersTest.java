package io.durablesaga.dispatcher.poller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether sources are played as strictly as they are. */
class PollersTest {
    private static final Settings TEN_AT_A_TIME = new Settings(1, 10, 3, 0, false);

    private final List<String> told = new ArrayList<>();
    private final Ledger ledger = new Ledger() {
        @Override
        public void delivered(String tag, boolean again) {
            told.add((again ? "again " : "delivered ") + tag);
        }

        @Override
        public void acknowledged(String tag) {
            told.add("acknowledged " + tag);
        }

        @Override
        public void putAway(String tag) {
            told.add("put away " + tag);
        }
    };

    private static EventFunction answering(String quoted) {
        return event -> Optional.of(quoted.replace('\'', '"').getBytes(UTF_8));
    }

    private static String returning(String... identifiers) {
        return "{'batchItemFailures':["
                + String.join(
                        ",",
                        List.of(identifiers).stream()
                                .map(identifier -> "{'itemIdentifier':" + identifier + "}")
                                .toList())
                + "]}";
    }

    private static Sent sent(String tag, String lane) {
        return new Sent(tag, lane, Optional.of("{}"));
    }

    @Test
    void an_answer_that_a_queue_does_not_understand_is_an_error() {
        for (String wrong : List.of(
                "",
                "{",
                "null",
                "[]",
                "{}",
                "{'batchItemFailures':{}}",
                "{'batchItemFailures':[],'more':1}",
                "{'batchItemFailures':['m-0']}",
                "{'batchItemFailures':[{'itemIdentifier':'m-0','more':1}]}",
                "{'batchItemFailures':[]} {}",
                returning("null"),
                returning("''"),
                returning("'m-1'"),
                returning("0"),
                returning("'m-0'", "'m-0'"))) {
            SqsPoller queue = new SqsPoller(TEN_AT_A_TIME, ledger);
            queue.send(sent("a", "lane"));

            assertThatThrownBy(() -> queue.poll(answering(wrong))).as(wrong).isInstanceOf(InvalidAnswer.class);
        }
        assertThat(told).containsOnly("delivered a");
    }

    @Test
    void an_answer_that_a_topic_does_not_understand_is_an_error() {
        for (String wrong : List.of(
                returning("'orders-0@8'"),
                returning("8"),
                returning("{'partition':0,'offset':8}"),
                returning("{'partition':'orders-0','offset':'8'}"),
                returning("{'partition':'orders-0'}"),
                returning("{'partition':'orders-9','offset':8}"),
                returning("{'partition':'orders-0','offset':7}"))) {
            KafkaPoller topic = new KafkaPoller(TEN_AT_A_TIME, ledger);
            topic.send(sent("a", "lane"));

            assertThatThrownBy(() -> topic.poll(answering(wrong))).as(wrong).isInstanceOf(InvalidAnswer.class);
        }
    }

    @Test
    void a_stream_goes_on_from_the_lowest_number_that_is_returned_and_at_last_without_it() {
        KinesisPoller stream = new KinesisPoller(TEN_AT_A_TIME, ledger);
        List.of("a", "b", "c").forEach(tag -> stream.send(sent(tag, "lane")));

        stream.poll(answering(returning("'99999999999999999992'", "'99999999999999999991'")));
        while (stream.poll(event -> Optional.empty())) {
            // it fails as often as it may
        }

        assertThat(told)
                .startsWith("delivered a", "delivered b", "delivered c", "acknowledged a", "delivered b", "delivered c")
                .endsWith("put away b", "put away c")
                .doesNotContain("acknowledged b", "acknowledged c");
    }

    @Test
    void a_message_that_is_returned_too_often_is_put_away_and_its_group_goes_on() {
        FifoPoller queue = new FifoPoller(TEN_AT_A_TIME, ledger);
        queue.send(sent("a", "lane"));
        while (queue.poll(answering(returning("'m-0'")))) {
            // three times
        }

        assertThat(told).containsExactly("delivered a", "again a", "again a", "put away a");
    }

    @Test
    void an_event_that_fails_three_times_goes_to_the_destination() {
        AsynchronousPoller topic = AsynchronousPoller.sns(TEN_AT_A_TIME, ledger);
        topic.send(sent("a", "lane"));
        while (topic.poll(event -> Optional.empty())) {
            // as often as Lambda tries
        }

        assertThat(told).containsExactly("delivered a", "delivered a", "delivered a", "put away a");
    }
}
