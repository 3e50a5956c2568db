package io.durablesaga.properties;

import io.durablesaga.Effect;
import io.durablesaga.Scope;
import io.durablesaga.StepRejected;
import io.durablesaga.properties.Behaviour.Deed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What random sagas act on: applies every key once, as a good provider does, lets go wrong what is planned, and writes down
 * everything in one order. Outlives all processes. Thread-safe.
 */
final class World {
    private final Runnable kill;
    private final Faults faults;
    private final List<Entry> log = new ArrayList<>();
    private final Map<Body, Life> lives = new TreeMap<>();
    private final Map<String, Body> applied = new HashMap<>();
    private final Map<String, String> executions = new TreeMap<>();
    private final Map<String, Sent> sent = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private int process = 1;
    private boolean dead;
    private boolean buried;
    private boolean diedInBody;
    private int startedDead;

    /** A notification that somebody has got. */
    record Sent(Body body, NodeSpec.Await await) {}

    /** One attempt of a body that has begun. */
    private record Run(Body body, Life life, int process, int number, int round, int attempt, String key) {}

    /** A provider that does not answer. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** What a step declares to mean that there is surely no effect. */
    static final class Declined extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Thrown where the process is dead; nobody must take it for a failure. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    World(Runnable kill, Faults faults) {
        this.kill = kill;
        this.faults = faults;
    }

    // what bodies do

    String act(Body body, Scope<?> scope, Work work) throws Exception {
        perform(body, scope, work, true, () -> {});
        return "did " + body.place();
    }

    String read(Body body, Scope<?> scope, Work work) throws Exception {
        perform(body, scope, work, false, () -> {});
        return "read " + body.place();
    }

    void send(Body body, Scope<?> scope, NodeSpec.Await await, String callbackId) throws Exception {
        perform(body, scope, await.sending(), true, () -> {
            sent.put(callbackId, new Sent(body, await));
            lives.get(body).sent(callbackId, violations);
        });
    }

    Optional<String> look(Body body, Scope<?> scope, NodeSpec.Poll poll) {
        Run run = begin(body, scope, false);
        crash(run, false);
        crash(run, true);
        if (run.attempt() < poll.foundAt()) {
            end(run, Deed.FAILS_BEFORE_EFFECT);
            return Optional.empty();
        } else if (poll.rejects()) {
            throw new StepRejected("there is none");
        }
        return Optional.of("found " + body.place());
    }

    void undo(Body body, Scope<?> scope, Effect<?> effect, UndoSpec.By by) throws Exception {
        synchronized (this) {
            Life forward = lives.get(Body.forward(body.place()));
            note(
                    forward != null && !forward.hasKey(effect.actionKey()),
                    body + " was told another key than its action had");
            life(body).handed(effect.result().map(Object::toString), by.finding());
        }
        perform(body, scope, by.work(), true, () -> {});
    }

    synchronized Optional<String> find(String actionKey) {
        return Optional.ofNullable(applied.get(actionKey)).map(body -> "holds " + body.place());
    }

    private void perform(Body body, Scope<?> scope, Work work, boolean fenced, Runnable onEffect) throws Exception {
        Run run = begin(body, scope, fenced);
        run.life().work(work);
        crash(run, false);
        Deed deed = work.inRound(run.round()).deed(run.attempt());
        boolean fails = deed == Deed.FAILS_BEFORE_EFFECT || deed == Deed.REJECTS || deed == Deed.DECLINES;
        if (!fails && fenced) {
            apply(run, onEffect);
        }
        crash(run, true);
        end(run, deed);
        switch (deed) {
            case SUCCEEDS -> {}
            case FAILS_BEFORE_EFFECT, FAILS_AFTER_EFFECT -> throw new Unavailable();
            case REJECTS -> throw new StepRejected("no");
            case DECLINES -> throw declined(body);
            case YIELDS_TOO_MUCH -> throw new TooMuch();
        }
    }

    private static Exception declined(Body body) {
        return body.undo() ? new StepRejected("no") : new Declined();
    }

    /** Thrown up to the body, which then yields too much. */
    static final class TooMuch extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private synchronized Run begin(Body body, Scope<?> scope, boolean fenced) {
        note(buried, body + " was started after its process was buried");
        if (dead) {
            startedDead += fenced && diedInBody ? 1 : 0;
            kill.run();
            throw new Died();
        }
        executions.put(body.execution(), scope.executionName());
        Life life = life(body);
        life.begins(scope, fenced, faults.fired().size(), violations);
        note(!body.undo() && unwinding(body.execution()), "forward after the first undo: " + body);
        log(Entry.What.RUN, body, "attempt " + scope.attempt());
        return new Run(body, life, process, life.runs(), life.round(), scope.attempt(), scope.key());
    }

    private boolean unwinding(String execution) {
        return lives.entrySet().stream()
                .anyMatch(entry -> entry.getKey().undo()
                        && entry.getKey().execution().equals(execution)
                        && entry.getValue().runs() > 0);
    }

    private synchronized void apply(Run run, Runnable onEffect) {
        requireAlive(run);
        Body before = applied.putIfAbsent(run.key(), run.body());
        note(before != null && !before.equals(run.body()), run.body() + " came with the key of " + before);
        if (before == null) {
            log(Entry.What.EFFECT, run.body(), "");
        }
        onEffect.run();
    }

    private synchronized void crash(Run run, boolean afterEffect) {
        requireAlive(run);
        if (faults.inBody(run.body(), run.number(), afterEffect)) {
            diedInBody = true;
            die(run.body().toString());
            if (!afterEffect) {
                throw new Died();
            }
        }
    }

    private synchronized void end(Run run, Deed deed) {
        if (!dead && run.process() == process && deed != Deed.SUCCEEDS) {
            run.life().failed(run.attempt(), deed);
        }
    }

    private void requireAlive(Run run) {
        if (dead || run.process() != process) {
            throw new Died();
        }
    }

    // what processes and people do

    /** The process dies: a thread that comes late finds world and engine dead. */
    synchronized void die(String where) {
        dead = true;
        log.add(new Entry(Entry.What.CRASH, process, "", null, "process " + process + " dies: " + where));
        kill.run();
    }

    synchronized void buried() {
        buried = true;
    }

    synchronized void reborn() {
        dead = false;
        buried = false;
        diedInBody = false;
        process++;
        outside("process " + process + " begins");
    }

    synchronized void outside(String what) {
        log.add(new Entry(Entry.What.OUTSIDE, process, "", null, what));
    }

    synchronized void wrote(String execution, boolean outcome, Body path, String what) {
        note(buried, "written after the process was buried: " + what);
        log.add(new Entry(Entry.What.DURABLE, process, execution, path, what));
        if (outcome) {
            lives.entrySet().stream()
                    .filter(life -> life.getKey().undo() == path.undo()
                            && life.getKey().path().equals(path.path())
                            && execution.equals(executions.get(life.getKey().execution())))
                    .forEach(life -> life.getValue().settled());
        }
    }

    synchronized void writeFailed(String how) {
        log.add(new Entry(Entry.What.CRASH, process, "", null, how));
    }

    /** What a person says of the body that is parked there; "again" begins its next round. */
    synchronized Work.Choice parked(String place) {
        Body body = lives.containsKey(Body.undo(place)) ? Body.undo(place) : Body.forward(place);
        Work.Choice choice = life(body).work().choice(life(body).round());
        if (choice.says() == Work.Says.RETRY) {
            life(body).again();
        }
        return choice;
    }

    // what has happened

    synchronized boolean isDead() {
        return dead;
    }

    synchronized List<Entry> log() {
        return List.copyOf(log);
    }

    synchronized Map<Body, Life> lives() {
        return Map.copyOf(lives);
    }

    /** The names of the executions that have run anything, by what leads to them. */
    synchronized Map<String, String> executions() {
        return new TreeMap<>(executions);
    }

    synchronized Optional<Sent> sent(String callbackId) {
        return Optional.ofNullable(sent.get(callbackId));
    }

    synchronized boolean hadEffect(Body body) {
        return applied.containsValue(body);
    }

    /**
     * How many bodies with effects were begun after another body had died; on a single line of control that is none. Where a
     * write died, a body of another thread may just have been let through.
     */
    synchronized int startedDead() {
        return startedDead;
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    private Life life(Body body) {
        return lives.computeIfAbsent(body, Life::new);
    }

    private void log(Entry.What what, Body body, String detail) {
        log.add(new Entry(what, process, String.valueOf(executions.get(body.execution())), body, detail));
    }

    private void note(boolean violated, String what) {
        if (violated) {
            violations.add(what);
        }
    }
}
