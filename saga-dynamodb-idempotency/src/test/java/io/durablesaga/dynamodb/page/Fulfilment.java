package io.durablesaga.dynamodb.page;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undo;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.dynamodb.RecordedTransactions;
import io.durablesaga.dynamodb.Stamps;
import io.durablesaga.idempotency.AnothersEffect;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** An order, with an effect of each kind. */
record Fulfilment(Stamps stamps, RecordedTransactions transactions, Once once, Parcels parcels, Invoices invoices) {
    static final StepKey<Integer> RESERVE = StepKey.of("reserve-stock", Integer.class);
    static final StepKey<Integer> PAY = StepKey.of("pay", Integer.class);
    static final StepKey<String> INVOICE = StepKey.of("write-invoice", String.class);
    static final StepKey<Parcel> SHIP = StepKey.of("ship-parcel", Parcel.class);
    private static final StepOptions PATIENT =
            with().providerReplays().retry(Retries.exponential(Duration.ofSeconds(1), 4));

    /** What is ordered. */
    record Order(String number, String item, int quantity, int total, String address) {}

    /** What is sent. */
    record Parcel(String tracking) {}

    /** Sends parcels. It notes a reference on them but does not look whether it has seen it before: asked twice, it sends two. */
    interface Parcels {
        Parcel book(String address, String reference);

        Optional<Parcel> find(String reference);

        void cancel(Parcel parcel);
    }

    /** Writes invoices, another one each time. */
    interface Invoices {
        String write(String order);

        Optional<String> find(String order);

        void cancel(String invoice);
    }

    Saga<Order, String> saga() {
        return SagaBuilder.saga("fulfil", Order.class)
                // idempotency.md: a step that stamps
                .step(
                        RESERVE,
                        with().retry(Retries.exponential(Duration.ofSeconds(1), 4)),
                        s -> {
                            stamps.apply(take(s.input()), s.key());
                            return s.input().quantity(); // taken now or before, and once
                        },
                        undo((s, effect) -> stamps.undo(putBack(s.input()), effect)))
                // idempotency.md: end
                // idempotency.md: a step that is a transaction
                .step(
                        PAY,
                        with().retry(Retries.exponential(Duration.ofSeconds(1), 4)),
                        s -> {
                            transactions.apply(
                                    EffectKey.of(s.key(), PAY),
                                    "" + s.input().total(),
                                    transfer("customer", "shop", s.input().total()));
                            return s.input().total();
                        },
                        undo((s, effect) -> transactions.undo(
                                EffectKey.of(effect.actionKey(), PAY),
                                s.key(),
                                transfer("shop", "customer", s.input().total()))))
                // idempotency.md: end
                // idempotency.md: a key of one's own
                .step(
                        INVOICE,
                        PATIENT,
                        s -> once.run(
                                EffectKey.of("invoice-" + s.input().number(), INVOICE)
                                        .ownedBy(s.key()),
                                OnUnknown.lookUp(() -> invoices.find(s.input().number())),
                                () -> invoices.write(s.input().number())),
                        undo((s, effect) -> {
                            try {
                                once.undo(
                                        EffectKey.of("invoice-" + s.input().number(), INVOICE)
                                                .ownedBy(effect.actionKey()),
                                        s.key(),
                                        written -> written.result()
                                                .or(() ->
                                                        invoices.find(s.input().number()))
                                                .ifPresent(invoices::cancel));
                            } catch (AnothersEffect another) {
                                // of an execution that came first: it stands, and that one may undo it
                            }
                        }))
                // idempotency.md: end
                // idempotency.md: a step that claims
                .step(
                        SHIP,
                        with().providerReplays().retry(Retries.exponential(Duration.ofSeconds(1), 4)),
                        s -> once.run(
                                EffectKey.of(s.key(), SHIP),
                                OnUnknown.lookUp(() -> parcels.find(s.key())),
                                () -> parcels.book(s.input().address(), s.key())),
                        undo((s, effect) -> once.undo(
                                EffectKey.of(effect.actionKey(), SHIP),
                                s.key(),
                                booked -> booked.result()
                                        .or(() -> parcels.find(booked.actionKey()))
                                        .ifPresent(parcels::cancel))))
                // idempotency.md: end
                .returning(String.class, s -> s.result(SHIP).tracking());
    }

    // idempotency.md: the update that is stamped
    private static UpdateItemRequest take(Order order) {
        return UpdateItemRequest.builder()
                .tableName("stock")
                .key(Map.of("item", AttributeValue.fromS(order.item())))
                .updateExpression("SET available = available - :quantity")
                .conditionExpression("available >= :quantity")
                .expressionAttributeValues(
                        Map.of(":quantity", AttributeValue.fromN(Integer.toString(order.quantity()))))
                .build();
    }
    // idempotency.md: end

    private static UpdateItemRequest putBack(Order order) {
        return take(order).toBuilder()
                .updateExpression("SET available = available + :quantity")
                .conditionExpression(null)
                .build();
    }

    // idempotency.md: the writes of a transaction
    private static List<TransactWriteItem> transfer(String from, String to, int amount) {
        return List.of(add(from, -amount, "balance >= :least"), add(to, amount, "attribute_exists(balance)"));
    }
    // idempotency.md: end

    private static TransactWriteItem add(String account, int amount, String condition) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":amount", AttributeValue.fromN(Integer.toString(amount)));
        if (condition.contains(":least")) {
            values.put(":least", AttributeValue.fromN(Integer.toString(-amount)));
        }
        return TransactWriteItem.builder()
                .update(update -> update.tableName("accounts")
                        .key(Map.of("account", AttributeValue.fromS(account)))
                        .updateExpression("SET balance = balance + :amount")
                        .conditionExpression(condition)
                        .expressionAttributeValues(values))
                .build();
    }
}
