package io.durablesaga.testing.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rejects@charge-card",
                "crash@effect:charge-card#1",
                "fails-after@ship; undo-fails@charge-card; crash@record:undo:ship#2; zombie@body:rooms[a;b]/reserve#1",
                "unanswered@approval; timer-skew@early:await:approval#1; callback-race@answer-late:approval#1",
                "runs-twice@*"
            })
    void a_schedule_reads_back_as_it_is_written(String text) {
        assertThat(Schedule.parse(text)).hasToString(text);
    }

    @Test
    void every_fault_can_be_written_at_every_place_where_it_happens() {
        for (Fault fault : Fault.values()) {
            for (Place place : Place.values()) {
                if (fault.happensAt(place)) {
                    Schedule schedule = Schedule.NONE.then(fault, new Point(place, "undo:a/b[c]#d", 12));

                    assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
                }
            }
        }
    }

    @Test
    void every_fault_happens_somewhere_and_every_place_has_a_fault() {
        assertThat(Fault.values()).allMatch(fault -> places(fault) > 0);
        assertThat(Place.values())
                .allMatch(place -> Fault.CRASH.happensAt(place)
                        || Fault.TIMER_SKEW.happensAt(place)
                        || Fault.CALLBACK_RACE.happensAt(place));
    }

    private static long places(Fault fault) {
        return java.util.Arrays.stream(Place.values()).filter(fault::happensAt).count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"crash", "crash@nowhere", "crash@effect:charge", "crash@effect:charge#0", "dies@effect:charge#1"
            })
    void what_is_no_schedule_is_refused_with_an_example(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.parse(text))
                .withMessageMatching("(?s).*(such as|count from).*");
    }

    @Test
    void a_fault_where_it_cannot_happen_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.parse("throttled@body:charge#1"))
                .withMessage("throttled cannot happen at body:charge#1");
    }

    @Test
    void a_failure_by_name_concerns_the_step_wherever_it_stands() {
        Schedule.Failure failure = new Schedule.Failure(Failing.REJECTED, "reserve");

        assertThat(failure.concerns("reserve")).isTrue();
        assertThat(failure.concerns("rooms[a]/reserve")).isTrue();
        assertThat(failure.concerns("pre-reserve")).isFalse();
        assertThat(new Schedule.Failure(Failing.REJECTED, "rooms[a]/reserve").concerns("rooms[b]/reserve"))
                .isFalse();
    }
}
