package io.durablesaga.testing;

import static io.durablesaga.Undo.undo;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.testing.world.World;

/** Sagas of many equal steps. */
final class Chains {
    private Chains() {}

    static StepKey<String> step(int number) {
        return StepKey.of("step-" + number, String.class);
    }

    /** Steps one after the other, each with an undo. */
    static Saga<String, String> of(int length, World world) {
        SagaBuilder<String> builder = SagaBuilder.saga("chain-of-" + length, String.class);
        for (int number = 1; number <= length; number++) {
            int mine = number;
            builder = builder.step(
                    step(number),
                    s -> {
                        world.apply(s.key());
                        return "did " + mine;
                    },
                    undo((s, effect) -> world.apply(s.key())));
        }
        return builder.returning(String.class, s -> s.result(step(length)));
    }

    /** One capture, and no effect. */
    static Saga<String, String> ofNothing() {
        StepKey<String> now = StepKey.of("now", String.class);
        return SagaBuilder.saga("nothing", String.class)
                .capture(now, s -> "now")
                .returning(String.class, s -> s.result(now));
    }
}
