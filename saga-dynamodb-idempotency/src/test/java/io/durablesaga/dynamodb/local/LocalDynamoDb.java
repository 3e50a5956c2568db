package io.durablesaga.dynamodb.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/**
 * The real DynamoDB, in this process and in memory, on a port of its own on this machine: one per test run, shut down at its end
 * whatever happens, since its threads would keep the process alive.
 */
public final class LocalDynamoDb implements AutoCloseable {
    private static final StaticCredentialsProvider NOBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    private final DynamoDBProxyServer server;
    private final URI endpoint;
    private @Nullable AmazonDynamoDBLocal inProcess;

    private LocalDynamoDb(DynamoDBProxyServer server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    /** A server with no tables. */
    public static LocalDynamoDb start() {
        int port = freePort();
        @Nullable DynamoDBProxyServer server = null;
        try {
            server = ServerRunner.createServerFromCommandLineArgs(
                    new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
            server.start();
            return new LocalDynamoDb(server, URI.create("http://127.0.0.1:" + port));
        } catch (Exception e) {
            stop(server);
            throw new IllegalStateException("DynamoDB Local does not start on port " + port, e);
        }
    }

    /** A client of it. */
    public DynamoDbClient client() {
        return client(builder -> {});
    }

    /** A client of it, with settings of one's own. */
    public DynamoDbClient client(Consumer<DynamoDbClientBuilder> settings) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(NOBODY);
        settings.accept(builder);
        return builder.build();
    }

    /** A client of it that does not wait. */
    public DynamoDbAsyncClient asyncClient() {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(NOBODY)
                .build();
    }

    /** A client without a wire: another set of tables in this process, reached by method calls, for tests that ask often. */
    public synchronized DynamoDbClient withoutWire() {
        if (inProcess == null) {
            inProcess = DynamoDBEmbedded.create(true);
        }
        return inProcess.dynamoDbClient();
    }

    /** Where it listens. */
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public synchronized void close() {
        if (inProcess != null) {
            inProcess.shutdown();
        }
        stop(server);
    }

    private static void stop(@Nullable DynamoDBProxyServer server) {
        if (server != null) {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException("DynamoDB Local does not stop", e);
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives tests the one server there is, as a parameter of their methods or constructors. */
    public static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == LocalDynamoDb.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(LocalDynamoDb.class))
                    .computeIfAbsent(LocalDynamoDb.class, type -> start(), LocalDynamoDb.class);
        }
    }
}
