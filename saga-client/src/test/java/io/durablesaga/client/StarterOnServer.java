package io.durablesaga.client;

import io.durablesaga.client.server.LambdaServer;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** A starter over the real client, on a server that plays the service. */
abstract class StarterOnServer {
    static final Duration LONG = Duration.ofMinutes(1);
    static final String PAYLOAD = "{\"item\":\"book\",\"card\":\"4711-0815\"}";

    final LambdaServer server = LambdaServer.open();
    final LambdaClient lambda = server.client();
    final LambdaStarter starter = LambdaStarter.of(lambda, "place-order:7");

    @AfterEach
    void close() {
        lambda.close();
        server.close();
    }

    StartAnswer start(String name, String payload) {
        return starter.start(new StartRequest(name, payload, LONG));
    }

    StartAnswer.Accepted accepted(String name, String payload) {
        return (StartAnswer.Accepted) start(name, payload);
    }
}
