package io.durablesaga.lambda;

import io.durablesaga.testing.contract.EngineContract;
import io.durablesaga.testing.engine.EngineUnderTest;

class LambdaEngineContractTest extends EngineContract {
    @Override
    protected EngineUnderTest open() {
        return LambdaEngineUnderTest.open();
    }
}
