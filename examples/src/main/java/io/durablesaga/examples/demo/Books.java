package io.durablesaga.examples.demo;

import io.durablesaga.embedded.Execution;
import io.durablesaga.embedded.ExecutionSummary.State;
import io.durablesaga.engine.EffectKeys;
import io.durablesaga.examples.order.Money;
import io.durablesaga.examples.order.Order;
import io.durablesaga.examples.order.Receipt;
import io.durablesaga.examples.order.Shop;
import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Ledger.Entry;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Compares what the providers' ledgers say with how orders ended. */
final class Books {
    private final Shop shop;
    private final Screen screen;

    Books(Shop shop, Screen screen) {
        this.shop = shop;
        this.screen = screen;
    }

    /** Prints what an order did to each ledger, and whether that is what its end promises. */
    boolean balance(Execution<Receipt> execution, Order order) {
        State end = execution.summary().state();
        boolean bought = end == State.COMPLETED;
        List<Account> accounts = List.of(
                account("stock", shop.stock(), execution, bought ? -order.quantity() : 0, Books::pieces),
                account("money", shop.money(), execution, bought ? order.total().cents() : 0, Books::euros),
                account("parcels", shop.parcels(), execution, bought ? 1 : 0, Books::pieces));
        boolean good = (bought || end == State.COMPENSATED) && accounts.stream().allMatch(Account::balances);
        screen.text("");
        accounts.forEach(account -> screen.text(account.line()));
        screen.verdict(
                good,
                "  " + execution.name() + " ended " + end.name().toLowerCase(Locale.ROOT) + ": "
                        + (bought ? "bought, paid and sent. " : "nothing bought, paid or sent. ")
                        + (good ? "The ledgers balance." : "THE LEDGERS DO NOT BALANCE."));
        return good;
    }

    /** Prints whether the whole shop is where its completed orders leave it. */
    boolean balance(List<Order> completed) {
        long sold = completed.stream().mapToLong(Order::quantity).sum();
        long earned =
                completed.stream().mapToLong(order -> order.total().cents()).sum();
        long left = shop.stock().balance();
        long taken = shop.money().balance();
        long sent = shop.parcels().balance();
        boolean good = left == Shop.CUPS - sold && taken == earned && sent == completed.size();
        screen.text("");
        screen.verdict(
                good,
                "All orders: " + left + " of " + Shop.CUPS + " cups left, " + new Money(taken) + " taken, " + sent
                        + " parcel sent: " + (good ? "it balances." : "IT DOES NOT BALANCE."));
        return good;
    }

    /** What one order did to one ledger. */
    private record Account(String what, List<Entry> entries, long expected, LongFunction<String> unit) {
        boolean balances() {
            return sum() == expected;
        }

        String line() {
            String sum = sum() == 0 ? "0" : unit.apply(sum());
            String wrong = balances() ? "" : "  EXPECTED " + unit.apply(expected);
            return String.format(Locale.ROOT, "  %-8s %-40s = %s%s", what, postings(), sum, wrong);
        }

        private long sum() {
            return entries.stream().mapToLong(entry -> entry.posting().amount()).sum();
        }

        private String postings() {
            return entries.isEmpty()
                    ? "nothing"
                    : entries.stream()
                            .map(Entry::posting)
                            .map(posting ->
                                    posting.what() + (posting.amount() == 0 ? "" : " " + unit.apply(posting.amount())))
                            .collect(Collectors.joining(", "));
        }
    }

    /** Every key that an execution uses leads back to it. */
    private static Account account(
            String what, Ledger ledger, Execution<Receipt> execution, long expected, LongFunction<String> unit) {
        String part = EffectKeys.executionPart(execution.id());
        List<Entry> entries = ledger.entries().stream()
                .filter(entry -> EffectKeys.executionPartOf(entry.key())
                        .filter(part::equals)
                        .isPresent())
                .toList();
        return new Account(what, entries, expected, unit);
    }

    private static String pieces(long amount) {
        return String.format(Locale.ROOT, "%+d", amount);
    }

    private static String euros(long cents) {
        return (cents > 0 ? "+" : "") + new Money(cents);
    }
}
