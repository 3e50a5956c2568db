package io.durablesaga.examples.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Claims on a server that keeps what is put, as S3 does. */
class S3ClaimCheckTest {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private HttpServer server;
    private S3Client s3;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        s3 = S3Client.builder()
                .endpointOverride(
                        URI.create("http://localhost:" + server.getAddress().getPort()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .forcePathStyle(true)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .build();
    }

    @AfterEach
    void close() {
        s3.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("PUT")) {
            objects.put(path, body);
            exchange.sendResponseHeaders(200, -1);
        } else if (objects.containsKey(path)) {
            exchange.sendResponseHeaders(200, objects.get(path).length);
            exchange.getResponseBody().write(objects.get(path));
        } else {
            byte[] error = "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, error.length);
            exchange.getResponseBody().write(error);
        }
        exchange.close();
    }

    @Test
    void what_was_stored_is_fetched_under_its_key_in_the_prefix() throws Exception {
        S3ClaimCheck claims = new S3ClaimCheck(s3, "bucket", "claims/");

        claims.store("a1/b2", "{\"photo\":\"é\"}");
        claims.store("a1/b2", "{\"photo\":\"ü\"}");

        assertThat(claims.fetch("a1/b2")).isEqualTo("{\"photo\":\"ü\"}");
        assertThat(objects).containsOnlyKeys("/bucket/claims/a1/b2");
    }

    @Test
    void what_was_never_stored_is_not_there() throws Exception {
        assertThat(new S3ClaimCheck(s3, "bucket", "claims/").fetch("a1/b2")).isNull();
    }
}
