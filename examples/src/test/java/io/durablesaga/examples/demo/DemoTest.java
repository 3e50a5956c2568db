package io.durablesaga.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.embedded.Execution;
import io.durablesaga.examples.order.Money;
import io.durablesaga.examples.order.Order;
import io.durablesaga.examples.order.Receipt;
import io.durablesaga.examples.order.Shop;
import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Ledger.Entry;
import io.durablesaga.examples.provider.Ledger.Posting;
import io.durablesaga.examples.provider.Wire;
import io.durablesaga.result.SagaResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final int KILLED_BY_SIGKILL = 128 + 9;
    private static final Order TWO_CUPS = new Order(Shop.CUP, 2, new Money(58_00), "card-A", "1 Harbour Road");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(printed, true, StandardCharsets.UTF_8), false, false);

    @Test
    void an_order_killed_in_the_middle_of_its_rollback_is_undone_by_the_next_process() throws Exception {
        assertThat(demo("run")).isEqualTo(KILLED_BY_SIGKILL);
        assertThat(postings("money").filter(what -> what.equals("refund"))).hasSize(1);
        assertThat(postings("stock")).endsWith("reserve"); // and not yet released

        try (Shop shop = Shop.open(folder, Wire.reliable())) {
            Execution<Receipt> order = shop.find("order-3").orElseThrow();

            assertThat(order.await(Duration.ofMinutes(1)).orElseThrow()).isInstanceOf(SagaResult.Compensated.class);
        }
        assertThat(postings("money").filter(what -> what.equals("refund"))).hasSize(1);
        assertThat(postings("stock")).endsWith("reserve", "release");
    }

    @Test
    void the_demo_fits_80_columns_of_plain_text_where_nothing_else_is_asked_for() throws Exception {
        assertThat(demo("run")).isEqualTo(KILLED_BY_SIGKILL);
        assertThat(demo("resume")).isZero();

        List<String> lines = Files.readAllLines(folder.resolve("output"), StandardCharsets.US_ASCII);
        assertThat(lines).allSatisfy(line -> assertThat(line).matches("[ -~]{0,80}"));
        assertThat(lines).noneMatch(line -> line.endsWith("...")); // nothing had to be cut
        assertThat(lines).last().asString().contains("8 of 10 cups left, 58.00 EUR taken, 1 parcel sent");
    }

    @Test
    void the_books_tell_when_a_ledger_does_not_agree_with_how_the_order_ended() throws Exception {
        try (Shop shop = Shop.open(folder, Wire.reliable())) {
            Execution<Receipt> order = shop.place("order-1", TWO_CUPS);
            order.await(Duration.ofMinutes(1));
            Books books = new Books(shop, screen);
            assertThat(books.balance(order, TWO_CUPS)).isTrue();
            assertThat(books.balance(List.of(TWO_CUPS))).isTrue();

            Entry charge = shop.money().entries().get(0);
            shop.money().once("undo-" + charge.key(), () -> new Posting("refund", "card-A", -58_00));

            assertThat(books.balance(order, TWO_CUPS)).isFalse();
            assertThat(books.balance(List.of(TWO_CUPS))).isFalse();
            assertThat(printed.toString(StandardCharsets.UTF_8)).contains("EXPECTED +58.00 EUR", "DO NOT BALANCE");
        }
    }

    @Test
    void a_line_that_is_too_long_is_cut_and_a_line_break_in_it_is_not_printed() {
        screen.event(Duration.ofMillis(1_234), Mark.FAILED, "charge-card", "no\nanswer".repeat(20));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .hasSize(Screen.WIDTH)
                .startsWith("   1.234 s  ! failed   charge-card    no answerno answer")
                .endsWith("...");
    }

    private int demo(String verb) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder process = new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.sqlite.tmpdir=" + folder,
                Demo.class.getName(),
                verb,
                folder.toString());
        process.redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()));
        process.redirectError(ProcessBuilder.Redirect.DISCARD);
        return process.start().waitFor();
    }

    private Stream<String> postings(String ledger) {
        return Ledger.open(folder.resolve(ledger + ".ledger")).entries().stream()
                .map(entry -> entry.posting().what());
    }
}
