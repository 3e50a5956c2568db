package io.durablesaga.client;

import io.durablesaga.client.server.LambdaServer;
import io.durablesaga.client.server.Started;
import io.durablesaga.client.server.Started.End;
import io.durablesaga.result.SagaResult;
import io.durablesaga.start.SagaStarter;
import io.durablesaga.start.Standing.State;
import io.durablesaga.testing.contract.SagaStarterContract;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Starting on Lambda, with the real client over HTTP. */
class LambdaStarterContractTest extends SagaStarterContract {
    private final LambdaServer server = LambdaServer.open();
    private final LambdaClient lambda = server.client();

    @Override
    protected SagaStarter open() {
        return LambdaStarter.of(lambda, "place-order:7");
    }

    @AfterEach
    void close() {
        lambda.close();
        server.close();
    }

    @Override
    protected List<String> executions() {
        return server.all().map(Started::name).toList();
    }

    @Override
    protected Set<State> ends() {
        return EnumSet.of(State.COMPLETED, State.COMPENSATED, State.FAILED, State.TIMED_OUT, State.STOPPED);
    }

    @Override
    protected void end(String name, State end) {
        server.end(name, how(end));
    }

    private static End how(State end) {
        return switch (end) {
            case COMPLETED -> succeeded(Orders.COMPLETED);
            case COMPENSATED -> succeeded(Orders.COMPENSATED);
            case FAILED -> End.failed("SagaStuck", "stuck", null);
            case TIMED_OUT -> End.TIMED_OUT;
            case STOPPED -> End.STOPPED;
            case RUNNING, UNKNOWN -> throw new IllegalArgumentException(end + " is no end");
        };
    }

    private static End succeeded(SagaResult<?> result) {
        return End.succeeded(Orders.json(result));
    }
}
