package io.durablesaga.dispatcher.lambda;

import io.durablesaga.client.LambdaStarter;
import io.durablesaga.dispatcher.DeadLetters;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.IdempotencyStoreProvider;
import io.durablesaga.start.SagaStarter;
import java.time.Duration;
import java.util.Iterator;
import java.util.ServiceLoader;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The services of the account and Region that the process's surroundings name. Clients live as long as the process. */
final class AwsServices implements Services {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** How long an answer may take is said with each request; longer than this never. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private static final Duration DEAD_LETTER_ATTEMPT = Duration.ofSeconds(5);
    private static final Duration DEAD_LETTER = Duration.ofSeconds(10);

    private final Iterable<IdempotencyStoreProvider> stores;

    AwsServices(Iterable<IdempotencyStoreProvider> stores) {
        this.stores = stores;
    }

    static AwsServices ofThisProcess() {
        return new AwsServices(ServiceLoader.load(IdempotencyStoreProvider.class, AwsServices.class.getClassLoader()));
    }

    /** Without the SDK's retries: the dispatcher's own know how much time there is, and see when the service throttles. */
    @Override
    public SagaStarter starter(String function, Dispatch dispatch) {
        LambdaClient lambda = LambdaClient.builder()
                .httpClientBuilder(http(dispatch).socketTimeout(dispatch.callTimeout()))
                .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
        return LambdaStarter.of(lambda, function).clientGivesUpAfter(dispatch.callTimeout());
    }

    @Override
    public DeadLetters deadLetters(String queue, Dispatch dispatch) {
        SqsClient sqs = SqsClient.builder()
                .httpClientBuilder(http(dispatch))
                .overrideConfiguration(config ->
                        config.apiCallAttemptTimeout(DEAD_LETTER_ATTEMPT).apiCallTimeout(DEAD_LETTER))
                .build();
        return SqsDeadLetters.to(sqs, queue);
    }

    @Override
    public IdempotencyStore guard(String table) {
        Iterator<IdempotencyStoreProvider> providers = stores.iterator();
        if (!providers.hasNext()) {
            throw new IllegalArgumentException(
                    "there is nothing that opens a table; add saga-dynamodb-idempotency to the function");
        }
        IdempotencyStoreProvider only = providers.next();
        if (providers.hasNext()) {
            throw new IllegalArgumentException("there is more than one that opens a table: "
                    + only.getClass().getName() + ", "
                    + providers.next().getClass().getName());
        }
        return only.open(table);
    }

    /** A connection for each of those who ask at a time. */
    private static Apache5HttpClient.Builder http(Dispatch dispatch) {
        return Apache5HttpClient.builder()
                .maxConnections(dispatch.concurrency())
                .connectionTimeout(CONNECT)
                .connectionAcquisitionTimeout(CONNECT)
                .socketTimeout(SILENCE);
    }
}
