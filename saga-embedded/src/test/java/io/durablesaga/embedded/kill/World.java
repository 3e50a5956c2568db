package io.durablesaga.embedded.kill;

import io.durablesaga.Effect;
import io.durablesaga.Scope;
import io.durablesaga.StepRejected;
import io.durablesaga.embedded.EmbeddedEngine;
import io.durablesaga.embedded.kill.Entry.Direction;
import io.durablesaga.embedded.kill.Entry.End;
import io.durablesaga.embedded.kill.Entry.Kind;
import io.durablesaga.embedded.kill.Fate.Turn;
import io.durablesaga.engine.CallbackAnswer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * What the sagas act on: a provider that honours idempotency keys, as real ones do, and whose memory is the ledger; and
 * somebody who answers callbacks, also those that were sent out by a process that is dead. Thread-safe.
 */
final class World {
    private static final String CALLBACK = "callback=";
    private static final int LOOK_MILLIS = 10;
    private static final int BEAT_MILLIS = 50;
    private static final int BEATS = 4;
    private static final int TOO_LONG_MILLIS = 10_000;

    private final Ledger ledger;
    private final Fate fate;
    private final Broken broken;
    private final Map<String, String> answers = new HashMap<>();
    private final Map<Entry, String> unanswered = new HashMap<>();
    private final AtomicInteger quotes = new AtomicInteger();
    private final AtomicInteger queued = new AtomicInteger();
    private final ScheduledExecutorService people = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "people");
        thread.setDaemon(true);
        return thread;
    });
    private final CompletableFuture<EmbeddedEngine> engine = new CompletableFuture<>();

    /** A world that remembers what this file says. */
    World(Path file, Ledger ledger, Fate fate, Broken broken) {
        this.ledger = ledger;
        this.fate = fate;
        this.broken = broken;
        List<Entry> past = Ledger.read(file, 0, Kind.EFFECT, Kind.ANSWERED);
        past.stream().filter(entry -> entry.is(Kind.EFFECT)).forEach(entry -> answers.put(entry.key(), entry.detail()));
        Set<String> answered = past.stream()
                .filter(entry -> entry.is(Kind.ANSWERED))
                .map(Entry::key)
                .collect(Collectors.toSet());
        past.stream()
                .filter(entry -> entry.is(Kind.EFFECT) && entry.detail().contains(CALLBACK))
                .filter(entry -> !answered.contains(entry.key()))
                .forEach(entry -> unanswered.put(entry, callbackId(entry.detail())));
    }

    /** From now on callbacks can be answered. */
    void goesWith(EmbeddedEngine opened) {
        engine.complete(opened);
        Person person = new Person(ledger, fate, opened);
        var unused = people.scheduleWithFixedDelay(person::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        unanswered.forEach(this::answerLater);
    }

    /** Whether nothing is queued that somebody was told was done. */
    boolean settled() {
        return queued.get() == 0;
    }

    /** A value that differs from process to process and from call to call. */
    String quote(Scope<?> s) {
        return "quote-" + ProcessHandle.current().pid() + "-" + quotes.incrementAndGet() + "-" + s.attempt();
    }

    /** The effect of a step. */
    String act(String path, Scope<?> s, String detail) throws InterruptedException {
        Turn turn = fate.action(s.executionName(), path, s.attempt());
        return new Attempt(Direction.DO, path, s, turn).run(detail, "");
    }

    /** The effect of a step past the pivot. */
    String actFinally(String path, Scope<?> s) throws InterruptedException {
        Turn turn = fate.finalAction(s.executionName(), path, s.attempt());
        return new Attempt(Direction.DO, path, s, turn).run("-", "");
    }

    /** The effect of a step that may take longer than it is given. */
    String actInTime(String path, Scope<?> s) throws InterruptedException {
        return new Attempt(Direction.DO, path, s, fate.timedAction(s.executionName(), path, s.attempt())).run("-", "");
    }

    /** Sends a callback's id out; somebody will answer, or not. */
    void send(String path, Scope<?> s, String callbackId) throws InterruptedException {
        send(path, s, callbackId, fate.action(s.executionName(), path, s.attempt()));
    }

    /** Sends a callback's id out, past the pivot. */
    void sendFinally(String path, Scope<?> s, String callbackId) throws InterruptedException {
        send(path, s, callbackId, Turn.WELL);
    }

    private void send(String path, Scope<?> s, String callbackId, Turn turn) throws InterruptedException {
        var unused = new Attempt(Direction.DO, path, s, turn).run(callbackId, " " + CALLBACK + callbackId);
    }

    /** Undoes the effect of a step. */
    void undo(String path, Scope<?> s, Effect<?> effect) throws InterruptedException {
        undo(path, s, effect, fate.undo(s.executionName(), path, s.attempt()));
    }

    /** Undoes the effect of a step, or fails for good. */
    void undoOrPark(String path, Scope<?> s, Effect<?> effect) throws InterruptedException {
        undo(path, s, effect, fate.parkingUndo(s.executionName(), path));
    }

    private void undo(String path, Scope<?> s, Effect<?> effect, Turn turn) throws InterruptedException {
        String handed =
                effect.actionKey() + " " + effect.result().map(Object::toString).orElse("unknown");
        if (broken == Broken.UNDO_ORDER) {
            queued.incrementAndGet();
            var unused = people.schedule(
                    () -> {
                        var done = new Attempt(Direction.UNDO, path, s, Turn.WELL).run(handed, "");
                        queued.decrementAndGet();
                        return done;
                    },
                    fate.wait(s.executionName(), path),
                    TimeUnit.MILLISECONDS);
            return;
        }
        var unused = new Attempt(Direction.UNDO, path, s, turn).run(handed, "");
    }

    /** Looks for something that turns up after a while. */
    Optional<String> look(String path, Scope<?> s) {
        if (!fate.finds(s.executionName(), path, s.attempt())) {
            return Optional.empty();
        }
        String found = "found-" + s.executionName() + "-" + path;
        var unused = ledger.append(Kind.FOUND, Direction.DO, s.executionName(), path, s.attempt(), s.key(), found);
        return Optional.of(found);
    }

    private synchronized String effect(
            Direction direction, String execution, String path, int attempt, String key, String suffix) {
        String before = answers.get(key);
        if (before != null) {
            var unused = ledger.append(Kind.REPEAT, direction, execution, path, attempt, key, before);
            return before;
        }
        String answer = "answer-" + answers.size() + suffix;
        answers.put(key, answer);
        Entry entry = ledger.append(Kind.EFFECT, direction, execution, path, attempt, key, answer);
        if (!suffix.isEmpty()) {
            answerLater(entry, callbackId(answer));
        }
        return answer;
    }

    private static String callbackId(String answer) {
        return answer.substring(answer.indexOf(CALLBACK) + CALLBACK.length());
    }

    private void answerLater(Entry sent, String callbackId) {
        Fate.Call call = fate.callback(sent.execution(), sent.path());
        int wait = fate.wait(sent.execution(), sent.path());
        int beats = sent.path().equals("estimate") ? BEATS : 0;
        for (int beat = 1; beat <= beats; beat++) {
            later(
                    wait + beat * BEAT_MILLIS,
                    () -> say(Kind.HEARD, sent, engine.join().heartbeat(callbackId)));
        }
        if (call != Fate.Call.SILENT) {
            later(wait + (beats + 1) * BEAT_MILLIS * Integer.signum(beats), () -> answer(sent, callbackId, call));
        }
    }

    private void later(int millis, Runnable act) {
        var unused = people.schedule(act, millis, TimeUnit.MILLISECONDS);
    }

    private void answer(Entry sent, String callbackId, Fate.Call call) {
        CallbackAnswer heard = call == Fate.Call.ANSWERED
                ? engine.join().completeCallback(callbackId, "said-" + callbackId)
                : engine.join().failCallback(callbackId, "nobody agrees");
        say(Kind.ANSWERED, sent, heard);
    }

    private void say(Kind kind, Entry sent, CallbackAnswer heard) {
        var unused = ledger.append(
                kind, Direction.DO, sent.execution(), sent.path(), sent.attempt(), sent.key(), heard.name());
    }

    /** One attempt at the provider. */
    private final class Attempt {
        private final Direction direction;
        private final String execution;
        private final String path;
        private final int number;
        private final String key;
        private final Turn turn;

        Attempt(Direction direction, String path, Scope<?> s, Turn turn) {
            this.direction = direction;
            this.execution = s.executionName();
            this.path = path;
            this.number = s.attempt();
            this.key = broken == Broken.NEW_KEY ? s.key() + "-" + s.attempt() : s.key();
            this.turn = turn;
        }

        String run(String detail, String suffix) throws InterruptedException {
            write(Kind.BEGIN, detail);
            try {
                return attempt(suffix);
            } catch (InterruptedException tooLong) {
                write(Kind.END, End.FAILED.name());
                throw tooLong;
            }
        }

        private String attempt(String suffix) throws InterruptedException {
            Thread.sleep(turn == Turn.LATE_BEFORE ? TOO_LONG_MILLIS : fate.pause(execution, path, number));
            if (turn == Turn.REJECTS) {
                write(Kind.END, End.REJECTED.name());
                throw new StepRejected("no");
            }
            if (turn == Turn.FAILS_BEFORE) {
                write(Kind.END, End.FAILED.name());
                throw new IllegalStateException("not reached");
            }
            String answer = effect(direction, execution, path, number, key, suffix);
            Thread.sleep(turn == Turn.LATE_AFTER ? TOO_LONG_MILLIS : fate.pause(execution, path, -number));
            if (turn == Turn.FAILS_AFTER) {
                write(Kind.END, End.FAILED.name());
                throw new IllegalStateException("the answer is lost");
            }
            write(Kind.END, End.OK.name());
            return answer;
        }

        private void write(Kind kind, String detail) {
            var unused = ledger.append(kind, direction, execution, path, number, key, detail);
        }
    }
}
