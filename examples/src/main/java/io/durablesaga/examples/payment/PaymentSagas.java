package io.durablesaga.examples.payment;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.Within.within;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.StepRejected;
import java.time.Duration;

/** The sagas of a payment service. */
public final class PaymentSagas {
    /** Money set aside. */
    public static final StepKey<String> HOLD = StepKey.of("hold-money", String.class);

    /** What a reviewer says. */
    public static final StepKey<Verdict> REVIEW = StepKey.of("review", Verdict.class);

    /** Money paid out. */
    public static final StepKey<String> CREDIT = StepKey.of("credit-payee", String.class);

    private static final StepKey<String> CLEAR = StepKey.of("clear", String.class);
    private static final StepOptions REMOTE =
            with().providerReplays().retry(Retries.exponential(Duration.ofMillis(200), 3));

    private PaymentSagas() {}

    /** Sets money aside, asks a reviewer, and moves it; whoever does not answer within an hour has refused. */
    public static Saga<Transfer, String> moveMoney(Bank bank, Reviewers reviewers) {
        return SagaBuilder.saga("move-money", Transfer.class)
                .validate(Transfer::check)
                .step(
                        HOLD,
                        REMOTE.rejectedBy(NoFunds.class),
                        s -> bank.hold(s.input().payer(), s.input().cents(), s.key()),
                        undo((s, effect) -> bank.release(effect.actionKey(), s.key())))
                .await(
                        REVIEW,
                        within(Duration.ofHours(1)).orElse(Verdict.REFUSED),
                        (s, callbackId) -> reviewers.ask(s.input(), callbackId, s.key()),
                        nothingToUndo("a question needs no answer any more"))
                .step(CLEAR, s -> cleared(s.result(REVIEW)), nothingToUndo("it only looks at the verdict"))
                .pivot()
                .step(
                        CREDIT,
                        REMOTE,
                        s -> bank.credit(s.input().payee(), s.input().cents(), s.key()))
                .returning(String.class, s -> s.result(HOLD) + ", " + s.result(CREDIT));
    }

    private static String cleared(Verdict verdict) {
        if (verdict == Verdict.REFUSED) {
            throw new StepRejected("the reviewer has refused");
        }
        return "cleared";
    }
}
