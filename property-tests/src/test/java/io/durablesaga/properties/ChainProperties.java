package io.durablesaga.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.embedded.EmbeddedEngineUnderTest;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.engine.EngineUnderTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class ChainProperties {
    @Property(tries = 50)
    void a_chain_is_undone_in_reverse_from_wherever_it_fails(
            @ForAll @IntRange(min = 1, max = 12) int steps, @ForAll @IntRange(min = 0, max = 11) int at) {
        int failing = at % steps;
        List<String> done = new ArrayList<>();
        List<String> undone = new ArrayList<>();
        try (EngineUnderTest engine = EmbeddedEngineUnderTest.overMemory()) {
            Saga<String, @Nullable Void> saga = chain(steps, failing, done, undone);
            engine.register(saga);
            engine.start(saga, "chain-1", "input");
            engine.settle();

            Collections.reverse(undone);
            assertThat(undone).isEqualTo(done).hasSize(failing + 1);
            assertThat(engine.status(saga, "chain-1")).isInstanceOf(SagaStatus.Ended.class);
        }
    }

    private static Saga<String, @Nullable Void> chain(int steps, int failing, List<String> done, List<String> undone) {
        SagaBuilder<String> builder = SagaBuilder.saga("chain", String.class);
        for (int i = 0; i < steps; i++) {
            String name = "step-" + i;
            boolean fails = i == failing;
            builder.step(
                    StepKey.of(name, String.class),
                    scope -> {
                        done.add(name);
                        if (fails) {
                            throw new IllegalStateException(name + " does not answer");
                        }
                        return name;
                    },
                    Undo.undo((scope, effect) -> undone.add(name)));
        }
        return builder.returningNothing();
    }
}
