package io.durablesaga.properties.dispatcher;

import io.durablesaga.dispatcher.DeadLetters.DeadLetter;
import io.durablesaga.dispatcher.LookUp;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.dispatcher.Treatment;
import io.durablesaga.dispatcher.poller.Ledger;
import io.durablesaga.dispatcher.poller.Poller;
import io.durablesaga.properties.dispatcher.Executions.Execution;
import io.durablesaga.properties.dispatcher.Letter.Kind;
import io.durablesaga.start.Standing;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has become of each letter, held against what may become of it at the moment when it does. Thread-safe. */
final class Books implements Ledger {
    private final Plan plan;
    private final Poller poller;
    private final Executions executions;
    private final Memory guard;

    private final List<String> problems = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final Map<String, Boolean> again = new HashMap<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> putAway = new HashSet<>();
    private final Set<String> deadLettered = new HashSet<>();
    private final Map<String, Integer> furthest = new HashMap<>();

    Books(Plan plan, Memory guard) {
        this.plan = plan;
        this.guard = guard;
        this.executions = new Executions(plan, this::started);
        this.poller = plan.source().poller(plan.settings(), this);
    }

    Poller poller() {
        return poller;
    }

    synchronized StartAnswer start(StartRequest request) {
        return executions.start(request);
    }

    synchronized Standing standing(String name) {
        return executions.standing(name);
    }

    private Letter letter(String tag) {
        return plan.letters().get(Integer.parseInt(tag));
    }

    synchronized void problem(String problem) {
        problems.add(problem);
        story.add("PROBLEM " + problem);
    }

    synchronized void note(String what) {
        story.add(what);
    }

    @Override
    public synchronized void delivered(String tag, boolean marked) {
        again.put(tag, marked);
        putAway.remove(tag); // somebody has set its source back
        note("delivered " + letter(tag) + (marked ? " again" : ""));
    }

    @Override
    public synchronized void putAway(String tag) {
        note("put away " + tag);
        putAway.add(tag);
        boolean returned = plan.letters().stream()
                .flatMap(letter -> executions.of(letter.order()).stream())
                .anyMatch(execution -> execution.hasEnded() || executions.hasForgotten(execution));
        if (plan.isUndisturbed() && !returned) {
            problem("put away though nothing was wrong: " + letter(tag));
        }
    }

    @Override
    public synchronized void acknowledged(String tag) {
        note("acknowledged " + tag);
        acknowledged.add(tag);
        if (deadLettered.contains(tag)) {
            return;
        }
        Letter letter = letter(tag);
        Execution last = last(letter);
        if (letter.kind() != Kind.ORDER || last == null) {
            problem("acknowledged, but neither started nor handed to the dead letters: " + letter);
            return;
        }
        boolean remembered =
                executions.of(letter.order()).stream().anyMatch(execution -> guard.remembers(execution.name()));
        if (plan.options().guard() && !remembered) {
            problem("acknowledged, but its guard does not remember " + last);
        }
        if (isJudged(tag) && last.hasEnded() && !executions.hasForgotten(last)) {
            problem("acknowledged, but what it started has ended otherwise than it should: " + last);
        }
    }

    /** The last execution of a letter, if there is one that was started on what it says. */
    private @Nullable Execution last(Letter letter) {
        return executions.of(letter.order()).stream()
                .filter(execution -> execution.variant() == letter.variant())
                .reduce((one, other) -> one.name().length() > other.name().length() ? one : other)
                .orElse(null);
    }

    /** With as many attempts as there may be, the last one may have ended too. */
    private boolean isJudged(String tag) {
        boolean again = plan.source().marksAgain() && this.again.getOrDefault(tag, false);
        return switch (plan.options().lookUp()) {
            case ALWAYS -> plan.options().onEnded() != Treatment.NEXT_ATTEMPT;
            case AGAIN -> again && plan.options().onEnded() != Treatment.NEXT_ATTEMPT;
            case NEVER -> false;
        };
    }

    /** Takes a dead letter that deserves to be one. */
    synchronized void deadLetter(DeadLetter dead) {
        Origin origin = dead.record()
                .origin()
                .orElseThrow(() -> new IllegalStateException("all that is sent has an origin: " + dead));
        Set<String> tags = poller.tags(origin.place(), origin.id());
        note("dead letter " + tags + " " + dead.outcome());
        if (tags.isEmpty()) {
            problem("a dead letter that nobody has sent: " + dead);
        }
        for (String tag : tags) {
            Letter letter = letter(tag);
            if (!deserves(letter, dead)) {
                problem("a dead letter for no reason, " + dead.outcome() + " " + dead.detail() + ": " + letter);
            }
            deadLettered.add(tag);
        }
    }

    private boolean deserves(Letter letter, DeadLetter dead) {
        List<Execution> started = executions.of(letter.order());
        return switch (dead.outcome()) {
            case POISON -> letter.kind().isPoison();
            case REFUSED -> letter.kind() == Kind.TOO_LARGE;
            case CONFLICT ->
                again.keySet().stream()
                        .map(this::letter)
                        .anyMatch(other -> other.kind() == Kind.ORDER
                                && other.order().equals(letter.order())
                                && other.variant() != letter.variant());
            case ENDED_BADLY -> {
                boolean asked = plan.options().lookUp() != LookUp.NEVER
                        || plan.options().guard();
                yield asked && started.stream().anyMatch(Execution::hasEnded);
            }
            case FORGOTTEN -> started.stream().anyMatch(executions::hasForgotten);
            case ACCEPTED, DUPLICATE, COMPENSATED, THROTTLED, FAILED, NOT_REACHED -> false;
        };
    }

    /** In the order in which they were sent, of what has an order; unless it is settled already, and somebody comes late. */
    private void started(Execution execution) {
        note("started " + execution);
        List<Letter> such = plan.letters().stream()
                .filter(letter -> letter.kind() == Kind.ORDER
                        && letter.order().equals(execution.order())
                        && letter.variant() == execution.variant())
                .toList();
        if (such.isEmpty()) {
            problem("started, and nobody has sent it: " + execution);
            return;
        }
        such.stream().filter(letter -> !isSettled(letter)).findFirst().ifPresent(first -> {
            String group = order(first.lane());
            int last = furthest.getOrDefault(group, -1);
            if (!group.isEmpty() && first.number() < last) {
                problem("started after letter " + last + " of its group: " + first);
            }
            furthest.merge(group, first.number(), Math::max);
        });
    }

    private boolean isSettled(Letter letter) {
        return acknowledged.contains(letter.tag()) || putAway.contains(letter.tag());
    }

    private String order(String lane) {
        String group = poller.group(lane);
        boolean byKey = plan.source().hasKeysInOrder() && !plan.options().strict();
        return byKey ? group + "/" + lane : group;
    }

    /** The engine forgets what was acknowledged: nobody delivers again, for weeks, what was not. */
    synchronized void weeksPass() {
        note("weeks pass");
        Set<Execution> old = new HashSet<>();
        for (String tag : acknowledged) {
            Letter letter = letter(tag);
            executions.of(letter.order()).stream()
                    .filter(execution -> letter.kind() == Kind.ORDER && execution.variant() == letter.variant())
                    .forEach(old::add);
        }
        executions.forget(old);
        old.forEach(execution -> guard.passes(execution.name(), Duration.ofDays(20)));
    }

    /** What does not hold now that nothing is left to do. */
    synchronized List<String> settled() {
        for (Letter letter : plan.letters()) {
            if (!isSettled(letter)) {
                problem("lost: " + letter);
            }
        }
        List<String> all = new ArrayList<>(executions.problems());
        all.addAll(problems);
        return all;
    }

    synchronized List<String> story() {
        return List.copyOf(story);
    }
}
