package io.durablesaga.embedded.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.embedded.kill.Entry.Direction;
import io.durablesaga.embedded.kill.Entry.Kind;
import io.durablesaga.embedded.kill.Journal.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short {@code scripts/kill-test}, and that it would see what it looks for. {@code scripts/kill-test 5 --seed 7} repeats it. */
class KillRunTest {
    private static final long SEED = 7;

    @TempDir
    private static Path good;

    @TempDir
    private Path bad;

    private static Verdict verdict;
    private static Journal journal;
    private static List<Entry> ledger;
    private static List<Entry> starts;

    @BeforeAll
    static void killFiveTimes() throws IOException, InterruptedException {
        verdict = run(good, 5, Broken.NOTHING);
        journal = verdict.journal();
        ledger = Ledger.read(good.resolve(KillRun.LEDGER), 0);
        starts = Ledger.read(good.resolve(KillRun.STARTS), 0);
    }

    @Test
    void killed_processes_lose_nothing_do_nothing_twice_and_undo_in_reverse_order() {
        assertThat(printed(verdict)).endsWith(", 0 lost, 0 duplicated, 0 out of order" + System.lineSeparator());
        assertThat(verdict.kills()).isEqualTo(5);
        assertThat(verdict.hits().rollbacks()).as(printed(verdict)).isPositive();
        assertThat(verdict.passed()).isTrue();
    }

    @Test
    void undos_that_are_said_to_be_done_before_they_are_show_as_out_of_order() throws Exception {
        Verdict broken = run(bad, 3, Broken.UNDO_ORDER);
        assertThat(broken.outOfOrder()).as(printed(broken)).isPositive();
        assertThat(broken.passed()).isFalse();
    }

    @Test
    void a_new_key_for_each_attempt_shows_as_duplicated() throws Exception {
        Verdict broken = run(bad, 3, Broken.NEW_KEY);
        assertThat(broken.duplicated()).as(printed(broken)).isPositive();
        assertThat(broken.passed()).isFalse();
    }

    @Test
    void an_execution_that_is_not_in_the_journal_shows_as_lost() {
        Map<String, Row> fewer = new LinkedHashMap<>(journal.executions());
        fewer.remove("order-1");
        assertThat(found(new Journal(fewer, journal.records()), ledger)).contains(Violation.Kind.LOST);
    }

    @Test
    void an_undo_that_never_ran_shows_as_lost() {
        Entry undo = first(entry -> entry.is(Kind.EFFECT) && entry.direction() == Direction.UNDO);
        assertThat(found(journal, without(entry -> entry.key().equals(undo.key()))))
                .contains(Violation.Kind.LOST);
    }

    @Test
    void an_action_that_never_ran_shows_as_lost() {
        Entry action = first(entry -> entry.is(Kind.EFFECT) && entry.direction() == Direction.DO);
        assertThat(found(journal, without(entry -> entry.key().equals(action.key()))))
                .contains(Violation.Kind.LOST);
    }

    @Test
    void a_second_effect_shows_as_duplicated() {
        List<Entry> more = new ArrayList<>(ledger);
        more.add(first(entry -> entry.is(Kind.EFFECT)));
        assertThat(found(journal, more)).contains(Violation.Kind.DUPLICATED);
    }

    @Test
    void an_action_that_begins_after_an_undo_shows_as_out_of_order() {
        Entry undo = first(entry -> entry.is(Kind.END) && entry.direction() == Direction.UNDO);
        Entry action = first(entry -> entry.is(Kind.BEGIN) && entry.execution().equals(undo.execution()));
        List<Entry> more = new ArrayList<>(ledger);
        more.add(new Entry(
                ledger.size(),
                Kind.BEGIN,
                action.process(),
                Direction.DO,
                action.execution(),
                action.path(),
                action.attempt() + 100,
                action.key(),
                action.detail()));
        assertThat(found(journal, more)).contains(Violation.Kind.OUT_OF_ORDER);
    }

    private static List<Violation.Kind> found(Journal of, List<Entry> lines) {
        return new Oracle(of, lines, starts)
                .violations(new Recorded()).stream().map(Violation::kind).toList();
    }

    private static Entry first(Predicate<Entry> wanted) {
        return ledger.stream().filter(wanted).findFirst().orElseThrow();
    }

    private static List<Entry> without(Predicate<Entry> unwanted) {
        return ledger.stream().filter(unwanted.negate()).toList();
    }

    private static Verdict run(Path directory, int kills, Broken broken) throws IOException, InterruptedException {
        return new KillRun(directory, kills, SEED, broken, new PrintStream(new ByteArrayOutputStream())).run();
    }

    private static String printed(Verdict verdict) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        verdict.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        return text.toString(StandardCharsets.UTF_8);
    }
}
