package io.durablesaga.embedded;

import io.durablesaga.testing.contract.EngineContract;
import io.durablesaga.testing.engine.EngineUnderTest;

class MemoryEngineContractTest extends EngineContract {
    @Override
    protected EngineUnderTest open() {
        return EmbeddedEngineUnderTest.overMemory();
    }
}
