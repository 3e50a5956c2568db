package io.durablesaga.dynamodb.report;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts the requests that a client sends, retries included, by what they ask for. */
final class Counted implements ExecutionInterceptor {
    private final Map<String, Integer> requests = new TreeMap<>();

    @Override
    public synchronized void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        requests.merge(context.request().getClass().getSimpleName().replace("Request", ""), 1, Integer::sum);
    }

    synchronized int all() {
        return requests.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized void reset() {
        requests.clear();
    }

    @Override
    public synchronized String toString() {
        return requests.entrySet().stream()
                .map(request -> request.getValue() + " " + request.getKey())
                .collect(Collectors.joining(", "));
    }
}
