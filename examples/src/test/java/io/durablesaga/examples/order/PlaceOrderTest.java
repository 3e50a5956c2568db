package io.durablesaga.examples.order;

import static io.durablesaga.examples.provider.FaultyWire.Trouble.ANSWER_LOST;
import static io.durablesaga.examples.provider.FaultyWire.Trouble.REQUEST_LOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.examples.provider.FaultyWire;
import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Wire;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResult.Compensated;
import io.durablesaga.result.SagaResult.Completed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceOrderTest {
    private static final Order TWO_CUPS = new Order(Shop.CUP, 2, new Money(58_00), "card-A", "1 Harbour Road");
    private static final Order OVER_THE_LIMIT = new Order(Shop.CUP, 4, new Money(116_00), "card-A", "1 Harbour Road");
    private static final Order TOO_MANY = new Order(Shop.CUP, 11, new Money(58_00), "card-A", "1 Harbour Road");
    private static final Order NOTHING = new Order(Shop.CUP, 0, new Money(0), "card-A", "1 Harbour Road");

    @TempDir
    private Path folder;

    private final FaultyWire wire = new FaultyWire(Duration.ZERO, () -> {});
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.open(folder, wire);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void an_order_takes_stock_and_money_and_sends_a_parcel() throws InterruptedException {
        SagaResult<Receipt> result = place(TWO_CUPS);

        assertThat(result).isEqualTo(new Completed<>("place-order", new Receipt("pay-1", "track-1")));
        assertThat(postings(shop.stock())).containsExactly("delivery 10", "reserve -2");
        assertThat(postings(shop.money())).containsExactly("charge 5800");
        assertThat(postings(shop.parcels())).containsExactly("book 1");
    }

    @Test
    void stock_is_released_when_the_card_is_declined() throws InterruptedException {
        SagaResult<Receipt> result = place(OVER_THE_LIMIT);

        assertThat(result).isInstanceOf(Compensated.class);
        assertThat(postings(shop.stock())).containsExactly("delivery 10", "reserve -4", "release 4");
        assertThat(postings(shop.money())).containsExactly("decline 0");
        assertThat(postings(shop.parcels())).isEmpty();
    }

    @Test
    void nothing_is_charged_when_the_stock_does_not_suffice() throws InterruptedException {
        assertThat(place(TOO_MANY)).isInstanceOf(Compensated.class);

        assertThat(postings(shop.stock())).containsExactly("delivery 10", "refuse 0");
        assertThat(postings(shop.money())).isEmpty();
    }

    @Test
    void an_order_of_nothing_is_refused_before_anything_happens() throws InterruptedException {
        assertThat(place(NOTHING)).isInstanceOf(Compensated.class);

        assertThat(postings(shop.stock())).containsExactly("delivery 10");
    }

    @Test
    void a_charge_whose_answer_got_lost_is_not_charged_again() throws InterruptedException {
        wire.disturb("charge", ANSWER_LOST);

        assertThat(place(TWO_CUPS)).isInstanceOf(Completed.class);

        assertThat(postings(shop.money())).containsExactly("charge 5800");
    }

    @Test
    void a_charge_that_never_answered_is_found_and_refunded() throws InterruptedException {
        wire.disturb("charge", ANSWER_LOST, ANSWER_LOST, ANSWER_LOST);

        assertThat(place(TWO_CUPS)).isInstanceOf(Compensated.class);

        assertThat(postings(shop.money())).containsExactly("charge 5800", "refund -5800");
        assertThat(postings(shop.stock())).containsExactly("delivery 10", "reserve -2", "release 2");
    }

    @Test
    void a_charge_that_never_arrived_takes_no_money_when_it_arrives_after_the_undo() throws InterruptedException {
        wire.disturb("charge", REQUEST_LOST, REQUEST_LOST, REQUEST_LOST);

        assertThat(place(TWO_CUPS)).isInstanceOf(Compensated.class);

        String lateKey = shop.money().entries().get(0).key();
        CardProvider cards = new CardProvider(shop.money(), Wire.reliable(), Shop.CARD_LIMIT);
        assertThatThrownBy(() -> cards.charge("card-A", new Money(58_00), lateKey))
                .isInstanceOf(CardDeclined.class);
        assertThat(postings(shop.money())).containsExactly("cancel 0");
    }

    @Test
    void past_the_pivot_a_lost_request_only_delays_the_parcel() throws InterruptedException {
        wire.disturb("book", REQUEST_LOST, ANSWER_LOST);

        assertThat(place(TWO_CUPS)).isInstanceOf(Completed.class);

        assertThat(postings(shop.parcels())).containsExactly("book 1");
    }

    private SagaResult<Receipt> place(Order order) throws InterruptedException {
        return shop.place("order-1", order).await(Duration.ofMinutes(1)).orElseThrow();
    }

    private static Stream<String> postings(Ledger ledger) {
        return ledger.entries().stream()
                .map(Ledger.Entry::posting)
                .map(posting -> posting.what() + " " + posting.amount());
    }
}
