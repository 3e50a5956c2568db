package io.durablesaga.examples.dynamodb;

import io.durablesaga.Saga;
import io.durablesaga.embedded.EmbeddedEngine;
import io.durablesaga.examples.order.Money;
import io.durablesaga.examples.order.Order;
import io.durablesaga.examples.order.Receipt;
import io.durablesaga.examples.order.Shop;
import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A process that places an order and is killed once DynamoDB has carried out a request, before it hears of that. */
final class OrderProcess {
    static final String NUMBER = "order-1";

    private OrderProcess() {}

    /** {@code FOLDER ENDPOINT TOWN CUPS REQUEST}: places an order of so many cups, and dies of the request of this number. */
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        URI endpoint = URI.create(arguments[1]);
        Town town = new Town(arguments[2], client(endpoint, new ExecutionInterceptor() {}), money(folder));
        Saga<Order, Receipt> saga =
                town.placeOrder(client(endpoint, dyingOf(Integer.parseInt(arguments[4]))), Wire.reliable());
        try (EmbeddedEngine engine = EmbeddedEngine.open(journal(folder))) {
            engine.register(saga);
            engine.start(saga, NUMBER, order(Integer.parseInt(arguments[3]))).await(Duration.ofMinutes(1));
        }
        System.exit(0); // it should have been killed
    }

    static Order order(int cups) {
        return new Order(Shop.CUP, cups, new Money(cups * 29_00L), "card-A", "1 Harbour Road");
    }

    static Path journal(Path folder) {
        return folder.resolve("shop.db");
    }

    static Ledger money(Path folder) {
        return Ledger.open(folder.resolve("money.ledger"));
    }

    private static DynamoDbClient client(URI endpoint, ExecutionInterceptor interceptor) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .overrideConfiguration(override -> override.addExecutionInterceptor(interceptor))
                .build();
    }

    private static ExecutionInterceptor dyingOf(int request) {
        AtomicInteger requests = new AtomicInteger();
        return new ExecutionInterceptor() {
            @Override
            public void afterTransmission(Context.AfterTransmission answered, ExecutionAttributes attributes) {
                if (requests.incrementAndGet() == request) {
                    die();
                }
            }
        };
    }

    private static void die() {
        try {
            String process = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("kill", "-KILL", process).start();
            Thread.currentThread().join(); // forever, which is not long
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
