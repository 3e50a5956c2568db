package io.durablesaga.properties;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;

/** Random sagas with random failures and random crashes end as the model says, on every engine. */
@AddLifecycleHook(Seeded.class)
class RandomSagaProperties {
    private static final Tally TALLY = new Tally();

    @Property(generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
    void a_random_saga_ends_as_the_model_says_wherever_it_crashes(
            @ForAll("engines") Engine engine, @ForAll("plans") Plan plan) {
        Trial trial = Trial.of(engine, plan);
        TALLY.add(engine, plan, trial.expected().root(), trial.outcome().faults());
        assertThat(trial.problems()).as(() -> trial.story(engine, plan)).isEmpty();
    }

    @Provide
    Arbitrary<Engine> engines() {
        return Arbitraries.of(Engine.ALL);
    }

    @Provide
    Arbitrary<Plan> plans() {
        return Plans.any();
    }

    @AfterContainer
    static void says_what_it_has_seen() {
        System.out.println(TALLY);
    }
}
