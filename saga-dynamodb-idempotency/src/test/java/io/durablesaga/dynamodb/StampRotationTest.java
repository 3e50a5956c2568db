package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Effect;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(LocalDynamoDb.Extension.class)
final class StampRotationTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Accounts accounts;
    private final WatchedWire wire;
    private final Stamps stamps;

    StampRotationTest(LocalDynamoDb dynamoDb) {
        accounts = new Accounts(dynamoDb);
        wire = new WatchedWire(Wire.of(accounts.client));
        stamps = new Stamps(new StampedUpdates(wire, new StampSettings("stamps", DAY, 20, now::get)));
    }

    @BeforeEach
    void open() {
        accounts.open("a", 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1S", "PT12H", "PT23H59M59S"})
    void a_stamp_is_kept_for_the_time_given_wherever_in_its_generation_it_was_made(Duration into) {
        now.set(START.plus(into));
        add("k");
        Instant end = now.get().plus(DAY);
        while (now.get().isBefore(end)) {
            add("meanwhile " + now);
            assertThat(stamps.apply(accounts.add("a", 1), "k")).isInstanceOf(Stamped.Already.class);
            pass(Duration.ofHours(2).minusSeconds(1));
        }
        now.set(end.minusMillis(1));
        add("last");
        assertThat(stamps.apply(accounts.add("a", 1), "k")).isInstanceOf(Stamped.Already.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 30})
    void no_stamp_outlives_twice_its_time_on_an_item_that_is_written_to(int pause) {
        add("k");
        pass(DAY.multipliedBy(pause));
        add("x");
        pass(DAY);
        add("y");
        pass(DAY);
        add("z");
        assertThat(allStamps()).containsExactlyInAnyOrder("y", "z");
    }

    @Test
    void an_item_stays_bounded_however_often_it_is_stamped() {
        int largest = 0;
        for (int period = 0; period < 120; period++) {
            for (int i = 0; i < 20; i++) {
                add("key " + period + "/" + i);
            }
            largest = Math.max(largest, allStamps().size());
            // pauses of every kind: none, and as many generations as there are slots, and more
            pass(DAY.multipliedBy(1 + (period % 7 == 6 ? period % 5 : 0)));
        }
        assertThat(accounts.balance("a")).isEqualTo(2400);
        assertThat(largest).isEqualTo(40);
    }

    @Test
    void an_item_with_as_many_stamps_as_it_may_have_takes_no_more_until_their_time_is_over() {
        for (int i = 0; i < 20; i++) {
            add("key " + i);
        }
        assertThatThrownBy(() -> add("one more"))
                .isInstanceOf(StoreException.StampsFull.class)
                .hasMessageContaining("20 stamps")
                .hasMessageContaining("PT24H");
        assertThat(stamps.apply(accounts.add("a", 1), "key 0")).isInstanceOf(Stamped.Already.class);
        pass(DAY);
        add("one more");
        assertThat(accounts.balance("a")).isEqualTo(21);
    }

    @Test
    void undos_find_room_where_no_more_actions_do() {
        for (int i = 0; i < 20; i++) {
            add("key " + i);
        }
        for (int i = 0; i < 20; i++) {
            Effect<String> action = new Effect<>("key " + i, Optional.empty());
            assertThat(stamps.undo(accounts.add("a", -1), action)).isInstanceOf(StampedUndo.Applied.class);
        }
        assertThat(accounts.balance("a")).isZero();
        for (int i = 0; i < 10; i++) {
            Effect<String> never = new Effect<>("never came " + i, Optional.empty());
            assertThat(stamps.undo(accounts.add("a", -1), never)).isInstanceOf(StampedUndo.Nothing.class);
        }
        Effect<String> oneMore = new Effect<>("one more", Optional.empty());
        assertThatThrownBy(() -> stamps.undo(accounts.add("a", -1), oneMore))
                .isInstanceOf(StoreException.StampsFull.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 30})
    void after_a_pause_a_slot_full_of_old_stamps_takes_as_many_new_ones(int pause) {
        for (int i = 0; i < 20; i++) {
            add("first " + i);
        }
        pass(DAY);
        for (int i = 0; i < 20; i++) {
            add("second " + i);
        }
        pass(DAY.multipliedBy(pause));
        int before = wire.requests();
        for (int i = 0; i < 20; i++) {
            add("third " + i);
        }
        assertThat(wire.requests() - before).isBetween(20, 21);
        pass(DAY);
        for (int i = 0; i < 20; i++) {
            add("fourth " + i);
        }
        assertThat(wire.requests() - before).isBetween(40, 41);
        assertThat(accounts.balance("a")).isEqualTo(80);
    }

    @Test
    void a_write_that_makes_room_after_a_pause_drops_all_that_is_over() {
        for (int i = 0; i < 20; i++) {
            add("first " + i);
        }
        pass(DAY);
        add("second");
        pass(DAY.multipliedBy(2));
        add("third");
        assertThat(wire.requests()).isEqualTo(23);
        assertThat(allStamps()).containsExactly("third");
    }

    @Test
    void after_a_pause_an_item_with_few_stamps_takes_one_request() {
        add("k");
        pass(DAY.multipliedBy(3));
        add("x");
        pass(DAY.multipliedBy(365));
        add("y");
        assertThat(wire.requests()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_clock_that_lags_drops_no_stamp(int behind) {
        pass(DAY.multipliedBy(5));
        add("yesterday");
        pass(DAY);
        add("today");
        now.set(now.get().minus(DAY.multipliedBy(behind)));
        add("lagging");
        assertThat(wire.requests()).isEqualTo(4);
        assertThat(allStamps()).containsExactlyInAnyOrder("yesterday", "today", "lagging");
        assertThat(stamps.apply(accounts.add("a", 1), "today")).isInstanceOf(Stamped.Already.class);
        assertThat(stamps.undo(accounts.add("a", -1), new Effect<>("lagging", Optional.empty())))
                .isInstanceOf(StampedUndo.Applied.class);
        assertThat(accounts.balance("a")).isEqualTo(2);
        now.set(START.plus(DAY.multipliedBy(7)));
        add("tomorrow");
        assertThat(allStamps()).contains("today", "lagging").doesNotContain("yesterday");
    }

    @Test
    void nothing_to_undo_says_how_far_back_that_reaches() {
        pass(Duration.ofHours(30));
        assertThat(stamps.undo(accounts.add("a", -1), new Effect<>("k", Optional.empty())))
                .isEqualTo(new StampedUndo.Nothing(START));
        now.set(START);
        assertThat(stamps.undo(accounts.add("a", -1), new Effect<>("other", Optional.empty())))
                .isEqualTo(new StampedUndo.Nothing(START));
    }

    @Test
    void what_happened_is_undone_even_if_its_stamp_is_gone() {
        add("k");
        for (int i = 0; i < 3; i++) {
            pass(DAY);
            add("other " + i);
        }
        assertThat(allStamps()).doesNotContain("k");
        Effect<String> known = new Effect<>("k", Optional.of("added"));
        assertThat(stamps.undo(accounts.add("a", -1), known)).isInstanceOf(StampedUndo.Applied.class);
        assertThat(stamps.undo(accounts.add("a", -1), known)).isInstanceOf(StampedUndo.Already.class);
        assertThat(accounts.balance("a")).isEqualTo(3);
    }

    @Test
    void stamps_that_are_kept_for_another_time_are_not_mixed_with_these() {
        add("k");
        for (Duration other : List.of(Duration.ofHours(1), Duration.ofDays(7))) {
            assertThatThrownBy(() -> stamps.keepingFor(other).apply(accounts.add("a", 1), "x"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("kept for PT24H, not for " + other);
            assertThat(stamps.keepingFor(other).apply(accounts.add("a", 1), "k"))
                    .isInstanceOf(Stamped.Already.class);
        }
        assertThat(accounts.balance("a")).isEqualTo(1);
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> stamps.keepingFor(Duration.ofMinutes(59)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keepingFor: PT59M");
        assertThatThrownBy(() -> stamps.atMost(0)).hasMessageContaining("atMost: 0");
        assertThatThrownBy(() -> stamps.attribute(" ")).hasMessageContaining("attribute");
    }

    private void add(String key) {
        assertThat(stamps.apply(accounts.add("a", 1), key)).isInstanceOf(Stamped.Applied.class);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private List<String> allStamps() {
        Map<String, AttributeValue> item = accounts.item("a");
        return item.keySet().stream()
                .filter(name -> name.matches("stamps_\\d"))
                .flatMap(slot -> item.getOrDefault(slot, AttributeValue.fromSs(List.of())).ss().stream())
                .toList();
    }
}
