package io.durablesaga.testing.simulation;

import io.durablesaga.testing.contract.EngineContract;
import io.durablesaga.testing.engine.EngineUnderTest;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on the caller's own thread, but for the two tests whose bodies wait: for another body, for the test. */
class OneThreadContractTest extends EngineContract {
    private static final Set<String> BODIES_WAIT = Set.of(
            "a_sibling_that_was_under_way_when_the_process_died_is_in_doubt_too",
            "a_body_of_a_dead_process_that_returns_late_records_nothing");

    private static boolean lingering;

    @RegisterExtension
    static final BeforeEachCallback LINGERING_WHERE_BODIES_WAIT = test ->
            lingering = BODIES_WAIT.contains(test.getRequiredTestMethod().getName());

    @Override
    protected EngineUnderTest open() {
        return new SimulatedEngine().lingering(lingering);
    }
}
