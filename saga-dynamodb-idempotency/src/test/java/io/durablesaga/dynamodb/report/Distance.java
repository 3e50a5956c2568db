package io.durablesaga.dynamodb.report;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** The way between a client and a service that is not in its own process: each request takes so much longer. */
record Distance(SdkHttpClient near, Duration way) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = near.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                LockSupport.parkNanos(way.toNanos());
                return prepared.call();
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public void close() {
        near.close();
    }
}
