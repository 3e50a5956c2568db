package io.durablesaga.dispatcher.killed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledDispatcherTest {
    @Test
    void a_stream_that_killed_processes_have_dispatched_is_one_execution_for_each_order(@TempDir Path folder)
            throws Exception {
        KilledRun.Result result = new KilledRun(folder, 25_000).run(2);

        assertThat(result).isEqualTo(new KilledRun.Result(25_000, 5_000, 2, 25_000, 25_000, 0));
    }
}
