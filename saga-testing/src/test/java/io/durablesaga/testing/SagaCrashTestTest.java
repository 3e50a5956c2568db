package io.durablesaga.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.fault.Fault;
import org.junit.jupiter.api.Test;

class SagaCrashTestTest {
    @Test
    void a_chain_survives_every_pair_of_faults() {
        Report report = SagaCrashTest.of(world -> Chains.of(2, world))
                .input("books")
                .faults(Fault.values())
                .check();

        assertThat(report.explored(1)).isEqualTo(report.existing(1)).isPositive();
        assertThat(report.explored(2)).isEqualTo(report.existing(2)).isPositive();
        assertThat(report.fired()).containsKeys(Fault.CRASH, Fault.ACK_LOST, Fault.THROTTLED, Fault.ZOMBIE);
    }
}
