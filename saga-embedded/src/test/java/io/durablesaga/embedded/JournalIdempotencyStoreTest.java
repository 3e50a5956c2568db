package io.durablesaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import io.durablesaga.idempotency.UndoClaim;
import io.durablesaga.testing.contract.IdempotencyEndContract;
import io.durablesaga.testing.contract.IdempotencyStoreContract;
import io.durablesaga.testing.contract.IdempotencyUndoContract;
import io.durablesaga.testing.contract.OnceContract;
import io.durablesaga.testing.contract.OnceDoubtContract;
import io.durablesaga.testing.contract.OnceHeartbeatContract;
import io.durablesaga.testing.contract.OnceUndoContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalIdempotencyStoreTest {
    @TempDir(factory = FastFolder.class)
    private Path folder;

    private EmbeddedEngine engine;

    private IdempotencyStore store(InstantSource clock) {
        engine = EmbeddedEngine.builder().clock(clock).open(folder.resolve("journal.db"));
        return engine.idempotencyStore();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void what_was_answered_outlives_the_engine() {
        Duration lease = Duration.ofMinutes(5);
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        IdempotencyStore before = store(clock);
        Claim.Granted held = (Claim.Granted) before.claim(Request.of("held", "owner", lease));
        Claim.Granted completed = (Claim.Granted) before.claim(Request.of("completed", "owner", lease));
        assertThat(before.complete(completed, "result")).isTrue();
        assertThat(before.claimUndo(new UndoRequest("undone", "owner", "undoer", lease)))
                .isInstanceOf(UndoClaim.Granted.class);
        engine.close();

        IdempotencyStore after = store(clock);
        assertThat(after.claim(Request.of("held", "another", lease)))
                .isEqualTo(new Claim.InProgress("owner", held.fence(), Instant.EPOCH.plus(lease)));
        assertThat(after.complete(held, "late")).isTrue();
        assertThat(after.claim(Request.of("completed", "another", lease))).isEqualTo(new Claim.Completed("result"));
        assertThat(after.claim(Request.of("undone", "owner", lease))).isEqualTo(new Claim.Undone());
    }

    @Nested
    class Claims extends IdempotencyStoreContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class Ends extends IdempotencyEndContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class Undos extends IdempotencyUndoContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class Effects extends OnceContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class Doubts extends OnceDoubtContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class UndoneEffects extends OnceUndoContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class Heartbeats extends OnceHeartbeatContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }
}
