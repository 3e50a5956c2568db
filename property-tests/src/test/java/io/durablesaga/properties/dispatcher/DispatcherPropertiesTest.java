package io.durablesaga.properties.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.properties.Seeded;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Whatever comes, however often, and whatever goes wrong: every order is started once, and nothing is acknowledged that was not
 * started, judged or handed to the dead letters.
 */
@AddLifecycleHook(SeededDispatch.class)
class DispatcherPropertiesTest {
    private static final Totals TOTALS = new Totals();

    private static void holds(Source source, long seed, int letters, int faults) {
        Plan plan = Plan.of(source, seed, letters, faults);
        Run.Happened happened = Run.of(plan);
        TOTALS.add(plan, happened);
        assertThat(happened.problems())
                .as(() -> Run.told(plan, happened) + "\n  to repeat: " + Seeded.command() + "\n")
                .isEmpty();
    }

    @Property(generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void records_of_an_SQS_queue_start_one_saga_each_and_none_is_lost(
            @ForAll long seed, @ForAll @IntRange(max = 24) int letters, @ForAll @IntRange(max = 12) int faults) {
        holds(Source.SQS, seed, letters, faults);
    }

    @Property(generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void records_of_an_SQS_FIFO_queue_start_one_saga_each_and_none_is_lost(
            @ForAll long seed, @ForAll @IntRange(max = 24) int letters, @ForAll @IntRange(max = 12) int faults) {
        holds(Source.SQS_FIFO, seed, letters, faults);
    }

    @Property(generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void records_of_a_Kinesis_stream_start_one_saga_each_and_none_is_lost(
            @ForAll long seed, @ForAll @IntRange(max = 24) int letters, @ForAll @IntRange(max = 12) int faults) {
        holds(Source.KINESIS, seed, letters, faults);
    }

    @Property(generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void records_of_a_DynamoDB_stream_start_one_saga_each_and_none_is_lost(
            @ForAll long seed, @ForAll @IntRange(max = 24) int letters, @ForAll @IntRange(max = 12) int faults) {
        holds(Source.DYNAMODB, seed, letters, faults);
    }

    @Property(generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void records_of_a_Kafka_topic_start_one_saga_each_and_none_is_lost(
            @ForAll long seed, @ForAll @IntRange(max = 24) int letters, @ForAll @IntRange(max = 12) int faults) {
        holds(Source.KAFKA, seed, letters, faults);
    }

    @Property(generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void records_of_an_EventBridge_bus_start_one_saga_each_and_none_is_lost(
            @ForAll long seed, @ForAll @IntRange(max = 24) int letters, @ForAll @IntRange(max = 12) int faults) {
        holds(Source.EVENTBRIDGE, seed, letters, faults);
    }

    @Property(generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void records_of_an_SNS_topic_start_one_saga_each_and_none_is_lost(
            @ForAll long seed, @ForAll @IntRange(max = 24) int letters, @ForAll @IntRange(max = 12) int faults) {
        holds(Source.SNS, seed, letters, faults);
    }

    @Property(generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void records_of_an_S3_bucket_start_one_saga_each_and_none_is_lost(
            @ForAll long seed, @ForAll @IntRange(max = 24) int letters, @ForAll @IntRange(max = 12) int faults) {
        holds(Source.S3, seed, letters, faults);
    }

    /** I8: what was planned to go wrong has gone wrong, and everything that can come of a record has. */
    @AfterContainer
    static void planned_faults_came_about_and_every_outcome_was_seen() {
        System.out.println(TOTALS);
        assertThat(TOTALS.missing()).as("never seen").isEmpty();
    }
}
