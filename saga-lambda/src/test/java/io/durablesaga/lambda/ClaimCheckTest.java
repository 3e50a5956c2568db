package io.durablesaga.lambda;

import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.claimcheck.ClaimCheck;
import io.durablesaga.claimcheck.FolderClaimCheck;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.ReplayMismatch;
import io.durablesaga.lambda.service.ExecutionView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;

/** Results that are too large for a record. */
class ClaimCheckTest extends FunctionTest {
    private static final StepKey<String> PHOTO = StepKey.of("take-photo", String.class);
    private static final StepKey<Integer> LENGTH = StepKey.of("measure", Integer.class);
    private static final ExecutionIdentity EXECUTION = new ExecutionIdentity("arn/name/1", "name");

    @TempDir
    private Path folder;

    private Saga<String, String> saga(int length) {
        return SagaBuilder.saga("album", String.class)
                .step(
                        PHOTO,
                        s -> {
                            call("photo");
                            return "é".repeat(length);
                        },
                        undo((s, effect) -> call("no photo")))
                .sleep("nap", Duration.ofHours(1)) // so that another invocation reads it
                .step(LENGTH, s -> s.result(PHOTO).length(), nothingToUndo("it only looks"))
                .returning(String.class, v -> "length " + v.result(LENGTH));
    }

    @Test
    void a_result_that_does_not_fit_leaves_its_outcome_unknown_without_a_claim_check() {
        ExecutionView view = run(saga(200_000), "\"\"");

        assertThat(view.result()).contains("compensated", "result not storable");
        assertThat(calls).containsExactly("photo", "no photo");
    }

    @Test
    void a_result_that_does_not_fit_is_put_away_and_read_again_by_the_next_invocation() throws Exception {
        settings = settings.claimCheck(new FolderClaimCheck(folder));

        ExecutionView view = run(saga(200_000), "\"\"");

        assertThat(view.result()).contains("length 200000");
        assertThat(calls).containsExactly("photo");
        assertThat(view.operation("take-photo").stepDetails().result()).hasSizeLessThan(200);
        assertThat(files()).hasSize(1);
    }

    @Test
    void a_result_that_fits_is_recorded_as_ever() throws Exception {
        settings = settings.claimCheck(new FolderClaimCheck(folder));

        ExecutionView view = run(saga(10), "\"\"");

        assertThat(view.operation("take-photo").stepDetails().result()).contains("éééééééééé");
        assertThat(files()).isEmpty();
    }

    @Test
    void a_claim_check_that_is_down_ends_the_invocation_and_not_the_step() {
        AtomicInteger failures = new AtomicInteger(3);
        settings = settings.claimCheck(new Failing(new FolderClaimCheck(folder), failures, () -> {
            throw new IOException("out of reach");
        }));

        ExecutionView view = run(saga(200_000), "\"\"");

        assertThat(view.result()).contains("length 200000");
        assertThat(failures).hasValueLessThanOrEqualTo(0);
        assertThat(calls).containsOnly("photo"); // again, with the same key
    }

    @Test
    void a_result_that_outgrows_the_response_once_it_is_quoted_there_is_handed_over_all_the_same() {
        settings = settings.claimCheck(new FolderClaimCheck(folder));
        Saga<String, String> saga = SagaBuilder.saga("album", String.class)
                .step(PHOTO, s -> call("photo"), undo((s, effect) -> call("no photo")))
                .returning(String.class, v -> "\"".repeat(2_000_000));

        ExecutionView view = run(saga, "\"\"");

        assertThat(view.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(view.result()).startsWith("{\"sagaResult\":\"completed\"").contains("\\\"".repeat(2_000_000));
        assertThat(calls).containsExactly("photo");
    }

    @Test
    void what_a_superseded_invocation_puts_away_late_does_not_replace_what_was_recorded() throws Exception {
        Late late = new Late(new FolderClaimCheck(folder), () -> service.supersede(NAME));
        settings = settings.claimCheck(late);
        AtomicInteger photos = new AtomicInteger();
        Saga<String, String> saga = SagaBuilder.saga("album", String.class)
                .step(PHOTO, s -> "p".repeat(300_000 + photos.incrementAndGet()), undo((s, effect) -> call("no photo")))
                .sleep("nap", Duration.ofHours(1))
                .step(LENGTH, s -> s.result(PHOTO).length(), nothingToUndo("it only looks"))
                .returning(String.class, v -> "length " + v.result(LENGTH));
        service.register("album", Handlers.function(given -> new Handler(saga, given), settings));
        service.start("album", NAME, "\"\"");
        service.settle();
        service.advance(Duration.ofSeconds(1)); // until the second attempt
        service.settle();

        late.goOn();
        assertThat(goOn().result()).contains("length 300002");
    }

    @Test
    void a_claim_check_that_breaks_down_with_an_error_ends_the_invocation_and_not_the_step() {
        AtomicInteger failures = new AtomicInteger(3);
        settings = settings.claimCheck(new Failing(new FolderClaimCheck(folder), failures, () -> {
            throw new NoClassDefFoundError("software/amazon/awssdk/services/s3/S3Client");
        }));

        ExecutionView view = run(saga(200_000), "\"\"");

        assertThat(view.result()).contains("length 200000");
        assertThat(calls).containsOnly("photo");
    }

    @Override
    boolean mayStall(Throwable failure) {
        return failure.getMessage().contains("the claim check has");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_was_put_away_and_is_gone_or_changed_stops_the_execution_until_it_is_back(boolean gone) throws Exception {
        settings = settings.claimCheck(new FolderClaimCheck(folder));
        service.register("album", Handlers.function(given -> new Handler(saga(200_000), given), settings));
        service.start("album", NAME, "\"\"");
        service.settle();
        Path file = files().get(0);
        String kept = Files.readString(file);

        Files.writeString(file, "\"something else\"");
        if (gone) {
            Files.delete(file);
        }
        service.advance(Duration.ofHours(2));
        service.settle();
        assertThat(service.execution(NAME).status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(calls).containsExactly("photo");

        Files.writeString(file, kept);
        service.wake("album");
        assertThat(goOn().result()).contains("length 200000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "{\"attempts\":x,\"result\":1}",
                "{\"attempts\":1,\"claim\":\"../../etc\",\"sha256\":\"0\"}"
            })
    void a_record_that_is_not_the_librarys_halts_the_execution(String envelope) {
        Envelopes envelopes = new Envelopes(new FolderClaimCheck(folder));

        assertThatThrownBy(() -> envelopes.open("charge", envelope))
                .isInstanceOf(ReplayMismatch.class)
                .hasMessageContaining("operation 'charge'");
    }

    @Test
    void the_largest_result_that_fits_takes_all_the_room_there_is() throws Exception {
        String largest = "\"" + "x".repeat(Envelopes.MOST_INLINE - 2) + "\"";

        assertThat(new Envelopes(null).seal(EXECUTION, "step", Integer.MAX_VALUE, largest))
                .hasSize(262_144);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** What happens to be wrong. */
    @FunctionalInterface
    private interface Trouble {
        void happen() throws Exception;
    }

    /** Out of reach some times, alternately when storing and when fetching. */
    private record Failing(ClaimCheck claims, AtomicInteger failures, Trouble trouble) implements ClaimCheck {
        @Override
        public void store(String key, String text) throws Exception {
            fail();
            claims.store(key, text);
        }

        @Override
        public @Nullable String fetch(String key) throws Exception {
            fail();
            return claims.fetch(key);
        }

        private void fail() throws Exception {
            if (failures.getAndDecrement() > 0) {
                trouble.happen();
            }
        }
    }

    /** Has something happen in the middle of storing for the first time, and finishes it when it is told to. */
    private static final class Late implements ClaimCheck {
        private final ClaimCheck claims;
        private final Runnable meanwhile;
        private final AtomicInteger stored = new AtomicInteger();
        private final CountDownLatch told = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);

        Late(ClaimCheck claims, Runnable meanwhile) {
            this.claims = claims;
            this.meanwhile = meanwhile;
        }

        @Override
        public void store(String key, String text) throws Exception {
            boolean first = stored.incrementAndGet() == 1;
            if (first) {
                meanwhile.run();
                told.await();
            }
            claims.store(key, text);
            if (first) {
                done.countDown();
            }
        }

        @Override
        public @Nullable String fetch(String key) throws Exception {
            return claims.fetch(key);
        }

        void goOn() throws InterruptedException {
            told.countDown();
            done.await();
        }
    }
}
