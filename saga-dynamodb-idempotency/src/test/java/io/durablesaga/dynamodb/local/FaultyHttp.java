package io.durablesaga.dynamodb.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** The wire between the real client and the real server, where requests and answers can be lost or replaced. */
public final class FaultyHttp implements SdkHttpClient {
    private final SdkHttpClient real = UrlConnectionHttpClient.create();
    private final Queue<Fault> faults = new ArrayDeque<>();
    private final AtomicInteger requests = new AtomicInteger();

    /** What happens to a request. */
    public sealed interface Fault {
        /** Nothing: it gets through. */
        record None() implements Fault {}

        /** It does not arrive. */
        record RequestLost() implements Fault {}

        /** It is carried out, and the answer does not arrive. */
        record AnswerLost() implements Fault {}

        /** It does not arrive, and somebody answers this. */
        record Answered(int status, String code, String message) implements Fault {}

        /** It does not arrive, and something in between answers that speaks HTTP and not DynamoDB. */
        record TurnedBack(int status) implements Fault {}
    }

    /** What happens to the next requests, one after the other; then nothing does. */
    public synchronized FaultyHttp next(Fault... several) {
        faults.addAll(java.util.List.of(several));
        return this;
    }

    /** How many requests have been sent. */
    public int requests() {
        return requests.get();
    }

    /** Counts from zero again. */
    public void reset() {
        requests.set(0);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                requests.incrementAndGet();
                Fault fault = take();
                if (fault instanceof Fault.RequestLost) {
                    throw new IOException("the request is lost, as the test says");
                }
                if (fault instanceof Fault.Answered answer) {
                    return answered(answer);
                }
                if (fault instanceof Fault.TurnedBack turned) {
                    return answered(turned.status(), "text/html", "<html>from somewhere in between</html>");
                }
                HttpExecuteResponse response = real.prepareRequest(request).call();
                if (fault instanceof Fault.AnswerLost) {
                    response.responseBody().ifPresent(AbortableInputStream::abort);
                    throw new IOException("the answer is lost, as the test says");
                }
                return response;
            }

            @Override
            public void abort() {
                // nothing of a request outlives its call
            }
        };
    }

    private synchronized Fault take() {
        Fault fault = faults.poll();
        return fault == null ? new Fault.None() : fault;
    }

    private static HttpExecuteResponse answered(Fault.Answered answer) {
        return answered(
                answer.status(),
                "application/x-amz-json-1.0",
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + answer.code() + "\",\"message\":\""
                        + answer.message() + "\"}");
    }

    private static HttpExecuteResponse answered(int status, String type, String body) {
        return HttpExecuteResponse.builder()
                .response(SdkHttpFullResponse.builder()
                        .statusCode(status)
                        .putHeader("Content-Type", type)
                        .build())
                .responseBody(
                        AbortableInputStream.create(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    @Override
    public void close() {
        real.close();
    }
}
