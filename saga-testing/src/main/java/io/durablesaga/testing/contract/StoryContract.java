package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.durablesaga.Saga;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.contract.Break.Way;
import io.durablesaga.testing.engine.EngineUnderTest.RecordedOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tells a {@link Story} without a fault, and then once more for everything that can go wrong with each of its writes. */
abstract class StoryContract extends SubjectContract {
    private static final Duration LONGEST_TELLING = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofMinutes(2);
    private static final int MOST_ROUNDS = 100;

    /** What is seen of one telling. */
    private record Told(Ending ending, List<String> points, List<String> left, List<String> attempts) {}

    /** Breaks every write in every way. */
    void breakEachWrite(Story story) {
        Told plain = tell(story, List.of());
        Ending doubted = doubted(story, plain);
        for (Break first : breaksAt(plain.points())) {
            var unused = tellBroken(story, List.of(first), plain.ending(), doubted);
        }
    }

    /** Breaks every write in every way, and then every write that follows in every way. */
    void breakEachTwoWrites(Story story) {
        Told plain = tell(story, List.of());
        Ending doubted = doubted(story, plain);
        for (Break first : breaksAt(plain.points())) {
            Told broken = tellBroken(story, List.of(first), plain.ending(), doubted);
            for (Break second : breaksAt(broken.points())) {
                var unused = tellBroken(story, List.of(first, second), plain.ending(), doubted);
            }
        }
    }

    private static List<Break> breaksAt(List<String> points) {
        return points.stream()
                .flatMap(point -> Stream.of(Way.values()).map(way -> new Break(way, point)))
                .toList();
    }

    /** How a story ends in which the process died inside the doubtful body, so that its second attempt answers. */
    private Ending doubted(Story story, Told plain) {
        if (story.doubtful().isEmpty()) {
            return plain.ending();
        }
        Story dying = new Story(
                () -> {
                    world.plan(story.doubtful(), Fault.DIES);
                    return story.saga().get();
                },
                story.concurrent(),
                story.undoneInAnyOrder(),
                "",
                story.callbacks(),
                story.decisions());
        Ending doubted = tell(dying, List.of()).ending();
        assertThat(doubted.result()).isNotEqualTo(plain.ending().result());
        return doubted;
    }

    private Told tellBroken(Story story, List<Break> breaks, Ending plain, Ending doubted) {
        Told told = tell(story, breaks);
        boolean again = told.attempts().stream()
                .anyMatch(attempt -> attempt.startsWith(story.doubtful() + "#") && !attempt.endsWith("#1"));
        Ending expected = again ? doubted : plain;
        assertThat(told.left()).as("%s: planned and never written", breaks).isEmpty();
        assertThat(told.ending())
                .as("%s: the end; attempts %s", breaks, told.attempts())
                .matches(ending -> ending.isAs(expected), "is as " + expected);
        told.ending()
                .attempts()
                .forEach((body, attempts) -> assertThat(attempts)
                        .as("%s: attempts of %s, at most one more for each write that broke", breaks, body)
                        .isLessThanOrEqualTo(expected.attempts().getOrDefault(body, 0L) + breaks.size()));
        return told;
    }

    private Told tell(Story story, List<Break> breaks) {
        List<Told> told = new ArrayList<>();
        assertTimeoutPreemptively(
                LONGEST_TELLING, () -> inNewWorld(() -> told.add(run(story, breaks))), () -> breaks + ": hangs");
        return told.get(0);
    }

    private Told run(Story story, List<Break> breaks) {
        RecordLog log = new RecordLog(world);
        BreakingGate gate = new BreakingGate(world, log, story.concurrent(), breaks);
        Saga<String, String> saga = story.saga().get();
        engine.register(saga);
        engine.gate(gate);
        SagaResult<String> result = runToItsEnd(saga, breaks, gate, new People(engine, story, log));
        assertThat(log.violations()).as("%s", breaks).isEmpty();
        if (story.decisions().isEmpty()) {
            assertThat(log.numberedTwice())
                    .as("%s: attempts numbered twice", breaks)
                    .isEmpty();
        }
        if (!story.concurrent()) {
            assertThat(world.startedDead())
                    .as("%s: started by a dead process", breaks)
                    .isEmpty();
        }
        assertKeys(result, breaks);
        return new Told(
                Ending.of(result, world, recorded(log), log.fenced(), story),
                gate.broken() == breaks.size() ? gate.reached() : List.of(),
                gate.left().stream().map(Break::toString).toList(),
                world.attempts());
    }

    private SagaResult<String> runToItsEnd(
            Saga<String, String> saga, List<Break> breaks, BreakingGate gate, People people) {
        boolean started = false;
        boolean rested = false;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (world.isDead()) {
                nextProcess(gate);
            } else if (!started) {
                gate.call("start");
                started = comesBack(gate, () -> engine.start(saga, NAME, "books"));
                engine.settle();
            } else if (engine.status(saga, NAME) instanceof SagaStatus.Ended<String> ended) {
                if (rested) {
                    return ended.result();
                }
                rested = true;
                engine.advance(QUIET); // in case anything is still to come
            } else {
                goOn(saga, gate, people);
            }
        }
        throw new AssertionError(breaks + ": after " + MOST_ROUNDS + " rounds it has not ended: "
                + engine.status(saga, NAME) + "; attempts " + world.attempts() + "; operations " + operations());
    }

    /** Somebody outside acts, or else time passes. */
    private void goOn(Saga<String, String> saga, BreakingGate gate, People people) {
        boolean acted = people.act(engine.status(saga, NAME), (name, call) -> {
            gate.call(name);
            return comesBack(gate, call);
        });
        if (acted) {
            engine.settle();
        } else {
            engine.advance(TEN_SECONDS);
        }
    }

    private void nextProcess(BreakingGate gate) {
        engine.bury();
        world.reborn();
        if (!comesBack(gate, engine::reopen)) {
            world.die(); // a process that cannot open its records is of no use, and another one follows
        }
    }

    /** Makes a call; says whether it came back, and did not break on a write that the gate has broken. */
    private static boolean comesBack(BreakingGate gate, Runnable call) {
        int before = gate.broken();
        try {
            call.run();
            return true;
        } catch (RuntimeException broken) {
            if (gate.broken() == before) {
                throw broken;
            }
            return false;
        }
    }

    /** The operations of the execution, and of those that it invoked. */
    private List<List<String>> recorded(RecordLog log) {
        Stream<String> invoked = log.executions().stream().filter(name -> !name.equals(NAME));
        return Stream.concat(Stream.of(NAME), invoked)
                .map(name -> engine.operations(name).stream()
                        .map(RecordedOperation::toString)
                        .toList())
                .toList();
    }

    private void assertKeys(SagaResult<String> result, List<Break> breaks) {
        List<EffectReport> reports = result instanceof SagaResult.Compensated<String> compensated
                ? compensated.effects()
                : result instanceof SagaResult.Stuck<String> stuck ? stuck.effects() : List.of();
        for (EffectReport report : reports) {
            assertThat(report.actionKey()).as("%s", breaks).isEqualTo(actionKey(report.path()));
            assertThat(report.undoKey()).as("%s", breaks).isEqualTo(undoKey(report.path()));
        }
    }
}
