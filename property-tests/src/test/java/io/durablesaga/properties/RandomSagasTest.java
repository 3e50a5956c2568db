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

/** Random sagas with random failures and random crashes, on every engine. */
@AddLifecycleHook(Seeded.class)
class RandomSagasTest {
    private static final Tally TALLY = new Tally();

    @Property(generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
    void a_random_saga_ends_as_the_model_says_wherever_it_crashes(
            @ForAll("engines") Engine engine, @ForAll("plans") Plan plan) {
        Trial trial = Trial.of(engine, plan);
        TALLY.add(engine, plan, trial);
        assertThat(trial.problems()).as(() -> trial.story(engine, plan)).isEmpty();
    }

    /** I8: what was planned to go wrong has gone wrong, and everything there is has been tried. */
    @AfterContainer
    static void nearly_all_planned_crashes_came_about_and_every_word_was_seen() {
        System.out.println(TALLY);
        assertThat(TALLY.missing()).as("never seen").isEmpty();
    }

    @Provide
    Arbitrary<Engine> engines() {
        return Arbitraries.of(Engine.ALL);
    }

    @Provide
    Arbitrary<Plan> plans() {
        return Plans.any();
    }
}
