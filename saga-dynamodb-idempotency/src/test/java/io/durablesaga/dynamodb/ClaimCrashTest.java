package io.durablesaga.dynamodb;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.testing.exploration.Sampling.sampled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import io.durablesaga.testing.CrashTestFailed;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** A saga whose providers know no keys, in claim mode on a real table, under every crash around every request. */
@ExtendWith(LocalDynamoDb.Extension.class)
class ClaimCrashTest {
    private static final StepKey<Integer> VAN = StepKey.of("hire-van", Integer.class);
    private static final StepKey<Integer> CREW = StepKey.of("hire-crew", Integer.class);
    private static final StepOptions PATIENT =
            with().providerReplays().retry(Retries.exponential(Duration.ofSeconds(1), 4));
    /** A claim and a completion for each of two steps and two undos, and as many again where each is in doubt. */
    private static final int MOST_REQUESTS = 16;

    private static final AtomicInteger RUNS = new AtomicInteger();

    private static DynamoDbClient client;
    private static IdempotencyTable table;

    @BeforeAll
    static void openTable(LocalDynamoDb dynamo) {
        client = dynamo.withoutWire();
        table = IdempotencyTable.named(Effects.unusedName()).clock(() -> Instant.EPOCH);
        TestTables.createIfMissing(client, table.shared("PK", "SK", "any"));
    }

    /** Somebody who hires out, asked by name and without keys: asked twice, he does it twice. */
    interface Hire {
        int hire(String name);

        void giveBack(int number);

        /** What is hired under this name and not given back. */
        Optional<Integer> find(String name);
    }

    /** In memory. */
    static final class FakeHire implements Hire {
        private final List<String> hired = new ArrayList<>();
        private final List<Integer> givenBack = new ArrayList<>();

        @Override
        public synchronized int hire(String name) {
            hired.add(name);
            return hired.size();
        }

        @Override
        public synchronized void giveBack(int number) {
            givenBack.add(number);
        }

        @Override
        public synchronized Optional<Integer> find(String name) {
            int at = hired.indexOf(name) + 1;
            return at == 0 || givenBack.contains(at) ? Optional.empty() : Optional.of(at);
        }

        int ever() {
            return hired.size();
        }

        int now() {
            return hired.size() - (int) givenBack.stream().distinct().count();
        }

        boolean neverTwice() {
            return hired.stream().distinct().count() == hired.size();
        }
    }

    /** Outside of every process: those who hire out, and the table, under a prefix of this run's own. */
    static final class Town {
        private final FakeHire vans = new FakeHire();
        private final FakeHire crews = new FakeHire();
        private final IdempotencyStore store;

        Town(Function<Wire, Wire> wire) {
            store = new DynamoDbIdempotencyStore(
                    wire.apply(Wire.of(client)), table.shared("PK", "SK", "run-" + RUNS.incrementAndGet() + "#"));
        }

        @Override
        public String toString() {
            return "vans hired " + vans.hired + ", given back " + vans.givenBack + "; crews hired " + crews.hired
                    + ", given back " + crews.givenBack;
        }
    }

    /** When a request fails. */
    enum Broken {
        BEFORE,
        AFTER
    }

    /** Where one request fails for good, before it is carried out or after. */
    private record BreakingWire(Wire real, int number, Broken broken, AtomicInteger requests) implements Wire {
        @Override
        public CompletableFuture<UpdateItemResponse> update(UpdateItemRequest request) {
            boolean breaks = requests.incrementAndGet() == number;
            if (breaks && broken == Broken.BEFORE) {
                return CompletableFuture.failedFuture(SdkClientException.create("the request is lost"));
            }
            CompletableFuture<UpdateItemResponse> answer = real.update(request);
            return breaks ? CompletableFuture.failedFuture(SdkClientException.create("the answer is lost")) : answer;
        }

        @Override
        public CompletableFuture<TransactWriteItemsResponse> transact(TransactWriteItemsRequest request) {
            throw new UnsupportedOperationException("claim mode has none");
        }
    }

    static Saga<String, String> move(Hire vans, Hire crews, IdempotencyStore store) {
        Once once = Once.over(store);
        return SagaBuilder.saga("move-house", String.class)
                .step(
                        VAN,
                        PATIENT,
                        s -> once.run(
                                EffectKey.of(s.key(), VAN),
                                OnUnknown.lookUp(() -> vans.find(s.input())),
                                () -> vans.hire(s.input())),
                        undo((s, effect) -> givenBack(once, vans, VAN, s.input(), effect.actionKey(), s.key())))
                .step(
                        CREW,
                        PATIENT,
                        s -> once.run(
                                EffectKey.of(s.key(), CREW),
                                OnUnknown.lookUp(() -> crews.find(s.input())),
                                () -> crews.hire(s.input())),
                        undo((s, effect) -> givenBack(once, crews, CREW, s.input(), effect.actionKey(), s.key())))
                .returning(String.class, s -> "van " + s.result(VAN) + ", crew " + s.result(CREW));
    }

    private static void givenBack(
            Once once, Hire hire, StepKey<Integer> step, String name, String actionKey, String key) throws Exception {
        once.undo(
                EffectKey.of(actionKey, step),
                key,
                effect -> effect.result().or(() -> hire.find(name)).ifPresent(hire::giveBack));
    }

    private static SagaCrashTest<Town, String, String> moving(Function<Wire, Wire> wire) {
        return SagaCrashTest.of(
                        () -> new Town(wire),
                        (town, world) -> move(
                                world.fenced(Hire.class, town.vans),
                                world.fenced(Hire.class, town.crews),
                                world.fenced(IdempotencyStore.class, town.store)))
                .input("Ada")
                .observing(town -> town.vans.ever() + " vans, " + town.crews.ever() + " crews ever; " + town.vans.now()
                        + " and " + town.crews.now() + " now")
                .invariant("nothing is hired twice", town -> town.vans.neverTwice() && town.crews.neverTwice())
                .invariant("both or none", town -> town.vans.now() == town.crews.now());
    }

    @Test
    void a_provider_without_keys_is_asked_once_whatever_crashes_around_every_request() {
        Report report = moving(wire -> wire)
                .faults(Fault.values())
                .exhaustive(1)
                .then(sampled(2, 200))
                .budget(Duration.ofMinutes(5))
                .check();

        assertThat(report.percent()).isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource
    void a_request_that_fails_before_or_after_it_is_carried_out_does_no_harm(Broken broken) {
        for (int request = 1; request <= MOST_REQUESTS; request++) {
            int number = request;
            moving(wire -> new BreakingWire(wire, number, broken, new AtomicInteger()))
                    .exhaustive(0)
                    .check();
        }
    }

    @Test
    void without_claims_the_same_saga_is_found_to_hire_twice() {
        assertThatExceptionOfType(CrashTestFailed.class)
                .isThrownBy(() -> SagaCrashTest.of(
                                () -> new Town(wire -> wire),
                                (town, world) -> rash(world.fenced(Hire.class, town.vans)))
                        .input("Ada")
                        .invariant("nothing is hired twice", town -> town.vans.neverTwice())
                        .exhaustive(1)
                        .check())
                .withMessageContaining("nothing is hired twice");
    }

    private static Saga<String, String> rash(Hire vans) {
        return SagaBuilder.saga("move-house", String.class)
                .step(
                        VAN,
                        PATIENT,
                        s -> vans.hire(s.input()),
                        undo((s, effect) -> vans.find(s.input()).ifPresent(vans::giveBack)))
                .returning(String.class, s -> "van " + s.result(VAN));
    }
}
