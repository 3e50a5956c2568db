package io.durablesaga.lambda;

import software.amazon.lambda.durable.DurableConfig;
import software.amazon.lambda.durable.testing.local.LocalMemoryExecutionClient;

/** Configurations of the SDK that reach no cloud. */
final class Configs {
    private Configs() {}

    /** For handlers that are not invoked. */
    static DurableConfig none() {
        return DurableConfig.builder()
                .withDurableExecutionClient(new LocalMemoryExecutionClient())
                .build();
    }
}
