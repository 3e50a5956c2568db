package io.durablesaga.lambda;

import io.durablesaga.testing.engine.EngineProvider;
import io.durablesaga.testing.engine.EngineUnderTest;

/** The engine on Lambda, for the tests of other modules. */
public final class LambdaEngineProvider implements EngineProvider {
    /** For the service loader. */
    public LambdaEngineProvider() {}

    @Override
    public String name() {
        return "lambda";
    }

    @Override
    public EngineUnderTest open() {
        return LambdaEngineUnderTest.open();
    }
}
