package io.durablesaga.testing.simulation;

import io.durablesaga.testing.contract.EngineContract;
import io.durablesaga.testing.engine.EngineUnderTest;

class SimulatedEngineContractTest extends EngineContract {
    @Override
    protected EngineUnderTest open() {
        return new SimulatedEngine().lingering(true);
    }
}
