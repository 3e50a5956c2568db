package io.durablesaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import io.durablesaga.embedded.journal.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** One engine per journal, whoever else tries. */
class JournalLockTest extends EngineTest {
    private final Saga<String, String> echo = echo("echo");

    @Test
    void a_second_engine_of_this_process_is_refused_and_told_who_has_the_journal() {
        EmbeddedEngine first = open();
        first.register(echo);

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        JournalException.class,
                        inUse -> assertThat(inUse.passing()).isTrue())
                .hasMessageContaining(journal().toString())
                .hasMessageContaining(
                        "already open in process " + ProcessHandle.current().pid())
                .hasMessageContaining("close that one first");
        assertThat(completed(first.start(echo, "one", "x"))).isEqualTo("did x");
        first.close();
        EmbeddedEngine second = open();
        second.register(echo);
        assertThat(completed(second.find(echo, "one").orElseThrow())).isEqualTo("did x");
    }

    @Test
    void a_second_process_is_refused_and_told_who_has_the_journal() {
        EmbeddedEngine first = open();
        first.register(echo);
        try (OtherProcess other = OtherProcess.opening(journal())) {
            assertThat(other.said())
                    .contains(journal().toString())
                    .contains(
                            "already open in process " + ProcessHandle.current().pid())
                    .contains("close that one first");
        }
        assertThat(completed(first.start(echo, "one", "x"))).isEqualTo("did x");
    }

    /** Closing any file handle of a process gives up all POSIX locks that it has on the file. */
    @Test
    void a_refused_engine_of_this_process_does_not_give_its_lock_away() {
        open();
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class);
        try (OtherProcess other = OtherProcess.opening(journal())) {
            assertThat(other.said()).contains("already open");
        }
    }

    @Test
    void the_lock_is_that_of_the_file_whatever_path_leads_to_it() throws Exception {
        open();
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), journal());

        assertThatThrownBy(() -> EmbeddedEngine.open(link))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("already open");
        Path directory = Files.createSymbolicLink(folder.resolve("elsewhere"), folder);
        assertThatThrownBy(() -> EmbeddedEngine.open(directory.resolve("journal.db")))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("already open");
    }

    @Test
    void what_a_killed_process_held_can_be_opened_at_once_and_goes_on_as_interrupted() {
        try (OtherProcess other = OtherProcess.opening(journal())) {
            assertThat(other.said()).isEqualTo("opened");
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("already open in process " + other.pid());
            other.kill();
        }
        EmbeddedEngine engine = open();
        Saga<String, String> endless = OtherProcess.endless(new CountDownLatch(1), new CountDownLatch(0));
        engine.register(endless);

        assertThat(completed(engine.find(endless, "theirs").orElseThrow())).isEqualTo("attempt 2");
    }
}
