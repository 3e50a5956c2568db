package io.durablesaga.dispatcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.claimcheck.FolderClaimCheck;
import io.durablesaga.dispatcher.Arrival;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.Decision;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.Dispatcher;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.MemoryStarter;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.dispatcher.Outcome;
import io.durablesaga.start.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersFromQueueTest {
    private static final Incoming ORDER =
            Incoming.of(new Origin("test", "here", "id"), new Content.Text("{\"shop\":\"north\",\"number\":7}"));

    @Test
    void code_says_what_variables_cannot(@TempDir Path folder) {
        MemoryStarter starter = new MemoryStarter();
        Dispatch dispatch = OrdersFromQueue.dispatch(Dispatch.into("orders"), new FolderClaimCheck(folder));
        try (Dispatcher dispatcher = Dispatcher.of(dispatch, starter)) {
            dispatcher.dispatch(List.of(ORDER), Duration.ofMinutes(1));
            starter.stands("orders--north-7", Standing.State.FAILED);
            dispatcher.dispatch(List.of(ORDER.arriving(Arrival.AGAIN)), Duration.ofMinutes(1));
        }

        assertThat(starter.payloads()).containsOnlyKeys("orders--north-7", "orders--north-7--2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"number\":7}", "{\"shop\":\"north\"}", "{\"shop\":\"north\",\"number\":7.5}"})
    void an_order_without_its_number_is_poison_and_no_other_order(String order, @TempDir Path folder) {
        MemoryStarter starter = new MemoryStarter();
        Dispatch dispatch = OrdersFromQueue.dispatch(Dispatch.into("orders"), new FolderClaimCheck(folder));
        Incoming record = Incoming.of(new Origin("test", "here", "id"), new Content.Text(order));
        try (Dispatcher dispatcher = Dispatcher.of(dispatch, starter)) {
            assertThat(dispatcher.dispatch(List.of(record), Duration.ofMinutes(1)))
                    .extracting(Decision::outcome)
                    .containsExactly(Outcome.POISON);
        }

        assertThat(starter.payloads()).isEmpty();
    }
}
