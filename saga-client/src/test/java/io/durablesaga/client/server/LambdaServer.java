package io.durablesaga.client.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.durablesaga.client.server.Call.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;

/**
 * Plays what the Lambda API does with durable executions, over HTTP on this machine, for the real {@link LambdaClient}: starting
 * them asynchronously, reading and listing them. They do nothing; a test says how they end.
 *
 * <p>As strict as the service where its documentation is: names are unique in the account until their execution is forgotten,
 * the same name with the same bytes on the same version is the execution that exists, any other a conflict; payloads are JSON of
 * at most 1 MB. Every function has every numbered version. Thread-safe; settings count from the next request on.
 */
public final class LambdaServer implements AutoCloseable {
    /** Enough for as many requests that are answered late, and few enough for two cores. */
    private static final int THREADS = 64;

    static {
        // the server writes an answer's head and body apart, and the kernel would hold the body back until the head is
        // acknowledged
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Api api = new Api();
    private final HttpServer http;
    private final ExecutorService threads;
    private final AtomicLong calls = new AtomicLong();
    private final Map<Operation, LongAdder> counts =
            Stream.of(Operation.values()).collect(Collectors.toMap(operation -> operation, any -> new LongAdder()));
    private volatile Function<Call, Fault> faults = call -> Fault.NONE;
    private volatile Duration delay = Duration.ZERO;

    private LambdaServer(HttpServer http) {
        AtomicInteger number = new AtomicInteger();
        this.http = http;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "lambda-server-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Opens one on a free port of the loopback interface. */
    public static LambdaServer open() {
        try {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            LambdaServer server = new LambdaServer(HttpServer.create(any, 1024));
            server.http.setExecutor(server.threads);
            server.http.createContext("/", server::handle);
            server.http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://localhost:" + http.getAddress().getPort());
    }

    /** A new real client that talks to it, over the HTTP client on the class path, and does not retry. Whoever asks closes it. */
    public LambdaClient client() {
        return client(as -> {});
    }

    /** A new real client with settings of one's own. */
    public LambdaClient client(Consumer<LambdaClientBuilder> settings) {
        LambdaClientBuilder builder = LambdaClient.builder()
                .endpointOverride(endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()));
        settings.accept(builder);
        return builder.build();
    }

    /** What goes wrong with each request, decided by these before it is carried out. */
    public LambdaServer faults(Function<Call, Fault> decided) {
        faults = decided;
        return this;
    }

    /** How much longer every request takes, for measurements. */
    public LambdaServer delay(Duration perRequest) {
        delay = perRequest;
        return this;
    }

    /** Whether payloads are kept and handed out; otherwise digests are, which is enough to find conflicts. */
    public LambdaServer keepPayloads(boolean kept) {
        api.executions.keepPayloads(kept);
        return this;
    }

    /** Declares an alias, or moves it. */
    public LambdaServer alias(String alias, int version) {
        api.aliases.put(alias, Integer.toString(version));
        return this;
    }

    /** Whether a list without a qualifier is that of all versions, instead of {@code $LATEST}'s, of which there are none. */
    public LambdaServer listAllVersions(boolean all) {
        api.listsAllVersions = all;
        return this;
    }

    /** Whether a conflict says which execution has the name. */
    public LambdaServer nameConflicts(boolean named) {
        api.refusalsNameTheExecution = named;
        return this;
    }

    /** Is told of every new execution, before its start is answered. */
    public LambdaServer whenStarted(Consumer<Started> told) {
        api.whenStarted = told;
        return this;
    }

    /** The newest execution of this name, forgotten or not; empty if none was ever started. */
    public Optional<Started> started(String name) {
        return Optional.ofNullable(api.executions.started(name));
    }

    /** The newest execution of each name, in no order. */
    public Stream<Started> all() {
        return api.executions.all();
    }

    /** Ends an execution, or lets it run again. */
    public void end(String name, Started.End how) {
        api.executions.end(name, how);
    }

    /** Forgets an execution, as the service does when its retention is over: the name is free again. */
    public void forget(String name) {
        api.executions.forget(name);
    }

    /** How many requests of this kind have arrived. */
    public long requests(Operation operation) {
        return counts.get(operation).sum();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            // all of it, or the connection is not used again
            byte[] payload = exchange.getRequestBody().readAllBytes();
            Call call = Api.call(
                    calls.incrementAndGet(),
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders().getFirst("X-Amz-Durable-Execution-Name"));
            if (call == null) {
                send(exchange, Answer.fault(501, "NotImplemented", "not played"));
                return;
            }
            counts.get(call.operation()).increment();
            pause(delay);
            answer(exchange, call, payload, faults.apply(call));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, Call call, byte[] payload, Fault fault)
            throws IOException, InterruptedException {
        boolean late = fault instanceof Fault.Slow && fault.when() == Fault.When.NOT_CARRIED_OUT;
        if (late) {
            pause(((Fault.Slow) fault).by());
        }
        Answer answer =
                late || fault.when() == Fault.When.CARRIED_OUT ? carriedOut(exchange, call, payload) : Answer.EMPTY;
        if (fault instanceof Fault.None || late) {
            send(exchange, answer);
        } else if (fault instanceof Fault.Slow slow) {
            pause(slow.by());
            send(exchange, answer);
        } else if (fault instanceof Fault.Answered answered) {
            send(exchange, Answer.fault(answered));
        } else if (fault instanceof Fault.Broken broken && broken.halfAnswered()) {
            sendHalf(exchange, answer);
        } // a connection that is closed without an answer is broken
    }

    private Answer carriedOut(HttpExchange exchange, Call call, byte[] payload) {
        return switch (call.operation()) {
            case INVOKE ->
                "Event".equals(exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type"))
                        ? api.invoke(call, payload)
                        : Answer.fault(501, "NotImplemented", "only asynchronous starts are played");
            case GET -> api.get(call);
            case LIST -> api.list(call, exchange.getRequestURI().getRawQuery());
        };
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Promises more than it sends, and closes the connection. */
    private static void sendHalf(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), answer.body().length() + 100L);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
    }

    private static void pause(Duration time) throws InterruptedException {
        if (!time.isZero()) {
            Thread.sleep(time.toMillis());
        }
    }

    /** Closes all connections; requests that are under way get no answer. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
