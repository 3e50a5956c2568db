package io.durablesaga.dispatcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.claimcheck.FolderClaimCheck;
import io.durablesaga.dispatcher.Arrival;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.Dispatcher;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.MemoryStarter;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.start.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
