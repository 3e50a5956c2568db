package io.durablesaga.dispatcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the report counts, with fewer records. */
class DeliveriesTest {
    @ParameterizedTest
    @EnumSource(PlayedSource.class)
    void of_every_source_nothing_is_lost_duplicated_or_reordered_while_the_service_has_trouble(PlayedSource source) {
        Deliveries.Result result = new Deliveries(source, 60, 7).run();

        assertThat(result.clean()).as("seed 7: %s", result).isTrue();
        assertThat(result.starts()).isBetween(45, 60);
        assertThat(result.faults()).isGreaterThanOrEqualTo(3);
    }
}
