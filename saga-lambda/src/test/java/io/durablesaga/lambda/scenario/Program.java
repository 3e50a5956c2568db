package io.durablesaga.lambda.scenario;

import io.durablesaga.lambda.service.FunctionUnderTest;
import java.time.InstantSource;

/** What runs in a scenario: a saga, or something written by hand that does the same. */
@FunctionalInterface
public interface Program {
    /** As a function whose bodies act on this world. */
    FunctionUnderTest over(World world, InstantSource clock);
}
