package io.durablesaga.examples.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.examples.provider.Ledger.Entry;
import io.durablesaga.examples.provider.Ledger.Posting;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    private Path folder;

    @Test
    void a_repeated_key_is_answered_with_its_first_entry_also_by_the_next_process() {
        Path file = folder.resolve("money.ledger");
        Entry first = Ledger.open(file).once("key-1", () -> new Posting("charge", "card-A", 58_00));

        Ledger next = Ledger.open(file);
        Entry repeated = next.once("key-1", () -> new Posting("charge", "card-A", 99_00));

        assertThat(repeated).isEqualTo(first);
        assertThat(next.entries()).containsExactly(first);
        assertThat(next.balance()).isEqualTo(58_00);
    }

    @Test
    void a_balance_counts_the_entries_of_its_subject_only() {
        Ledger ledger = Ledger.open(folder.resolve("money.ledger"));
        ledger.once("key-1", () -> new Posting("charge", "card-A", 58_00));
        ledger.once("key-2", () -> new Posting("charge", "card-B", 20_00));
        ledger.once("key-3", () -> new Posting("refund", "card-A", -58_00));

        assertThat(ledger.balance("card-A")).isZero();
        assertThat(ledger.balance("card-B")).isEqualTo(20_00);
        assertThat(ledger.balance()).isEqualTo(20_00);
    }
}
