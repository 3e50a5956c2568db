package io.durablesaga.lambda.byhand;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undo;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.lambda.LambdaSettings;
import io.durablesaga.lambda.SagaHandler;

/** The flow as a saga. */
public final class OnTheLibrary extends SagaHandler<Purchase, String> {
    private static final StepKey<String> RESERVE = StepKey.of("reserve", String.class);
    private static final StepKey<String> CHARGE = StepKey.of("charge", String.class);
    private static final StepKey<String> SHIP = StepKey.of("ship", String.class);

    /** Over these services. */
    public OnTheLibrary(Services services, LambdaSettings settings) {
        super(saga(services), settings);
    }

    /** The saga by itself. */
    public static Saga<Purchase, String> saga(Services services) {
        return SagaBuilder.saga("purchase", Purchase.class)
                .step(
                        RESERVE,
                        s -> services.reserve(s.input().item(), s.key()),
                        undo((s, effect) -> services.release(effect.actionKey(), s.key())))
                .step(
                        CHARGE,
                        with().rejectedBy(Services.Declined.class),
                        s -> services.charge(s.input().card(), s.input().cents(), s.key()),
                        undo((s, effect) -> services.refund(effect.actionKey(), s.key())))
                .step(
                        SHIP,
                        with().rejectedBy(Services.Declined.class),
                        s -> services.ship(s.result(RESERVE), s.key()),
                        undo((s, effect) -> services.recall(effect.actionKey(), s.key())))
                .returning(String.class, v -> v.result(CHARGE) + ", " + v.result(SHIP));
    }
}
