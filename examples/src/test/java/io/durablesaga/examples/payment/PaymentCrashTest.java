package io.durablesaga.examples.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Wire;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.SagaTrace;
import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.fault.Fault;
import org.junit.jupiter.api.Test;

/** The payment saga under every fault. */
public class PaymentCrashTest {
    private static final Transfer TRANSFER = new Transfer("payer", "payee", 58_00);

    /** The books of the bank, which no crash of ours touches. */
    public static final class Books {
        private final Ledger ledger = Ledger.inMemory();

        Books() {
            bank(Wire.reliable()).deposit(TRANSFER.payer(), 100_00, "opening");
        }

        Bank bank(Wire wire) {
            return new Bank(ledger, wire);
        }

        long missing() {
            return 100_00 - ledger.balance();
        }

        long paidOut() {
            return ledger.balance(TRANSFER.payee());
        }
    }

    /** The payment saga over a bank that no crash touches, and what must hold of it. */
    public static SagaCrashTest<Books, Transfer, String> moveMoney() {
        return SagaCrashTest.of(
                        Books::new,
                        (books, world) -> PaymentSagas.moveMoney(
                                books.bank(world.fenced(Wire.class, Wire.reliable())),
                                world.fenced(Reviewers.class, (transfer, callbackId, key) -> {})))
                .input(TRANSFER)
                .faults(Fault.values())
                .answering(PaymentSagas.REVIEW, Verdict.APPROVED)
                .observing(books -> books.ledger.entries())
                .invariant("no money appears", books -> books.missing() >= 0)
                .invariant("money is paid out once", books -> books.paidOut() == 0 || books.paidOut() == 58_00);
    }

    @Test
    void money_is_moved_or_given_back_whatever_crashes() {
        Report report = moveMoney().exhaustive(1).check();

        assertThat(report.percent()).isEqualTo(100);
    }

    @Test
    void a_transfer_records_what_it_always_has() {
        SagaTrace.of(moveMoney())
                .isExactly(
                        "ACTION hold-money COMPLETED",
                        "CALLBACK await:review COMPLETED",
                        "ACTION review COMPLETED",
                        "ACTION clear COMPLETED",
                        "ACTION credit-payee COMPLETED",
                        "completed");
    }

    @Test
    void a_transfer_that_nobody_approves_is_given_back() {
        SagaTrace.of(moveMoney().answering(PaymentSagas.REVIEW, Verdict.REFUSED))
                .isExactly(
                        "ACTION hold-money COMPLETED",
                        "CALLBACK await:review COMPLETED",
                        "ACTION review COMPLETED",
                        "ACTION clear FAILED",
                        "UNDO undo:hold-money COMPLETED",
                        "compensated");
    }
}
