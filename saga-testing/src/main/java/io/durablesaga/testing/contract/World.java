package io.durablesaga.testing.contract;

import io.durablesaga.Action;
import io.durablesaga.Effect;
import io.durablesaga.ItemScope;
import io.durablesaga.Notification;
import io.durablesaga.Scope;
import io.durablesaga.StepRejected;
import io.durablesaga.Undo;
import io.durablesaga.UndoOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What sagas act on. Remembers every attempt and every effect across all crashes, applies each idempotency key once as a good
 * provider does, lets go wrong what a scenario plans, and notes what no engine may ever do. Thread-safe.
 */
final class World {
    private final Runnable kill;
    private final Map<String, Deque<Fault>> planned = new LinkedHashMap<>();
    private final Map<String, Fault> lasting = new HashMap<>();
    private final List<String> attempts = new ArrayList<>();
    private final List<String> effects = new ArrayList<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final Map<String, String> applied = new LinkedHashMap<>();
    private final Map<String, List<Optional<Object>>> handed = new HashMap<>();
    private final Map<String, List<String>> sent = new HashMap<>();
    private final Set<String> unwinding = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private final List<String> startedDead = new ArrayList<>();
    private int incarnation = 1;
    private boolean dead;

    /** A world in which a body dies by calling this. */
    World(Runnable kill) {
        this.kill = kill;
    }

    // what a scenario plans

    /** What the next attempts of a body do, one after the other; those after them succeed. */
    synchronized void plan(String name, Fault... faults) {
        planned.computeIfAbsent(name, n -> new ArrayDeque<>()).addAll(List.of(faults));
    }

    /** What every attempt of a body does that has no plan of its own. */
    synchronized void always(String name, Fault fault) {
        lasting.put(name, fault);
    }

    // bodies

    /** An action whose effect has this name. */
    <S extends Scope<?>> Action<S, String> does(String name) {
        return scope -> act(name, scope);
    }

    /** The undo of the action whose effect has this name. */
    <S extends Scope<?>> Undo<S, String> undoes(String name) {
        return undoes(UndoOptions.DEFAULT, name);
    }

    /** The undo of the action whose effect has this name. */
    <S extends Scope<?>> Undo<S, String> undoes(UndoOptions options, String name) {
        return Undo.undo(options, (scope, effect) -> undo(name, scope, effect));
    }

    /** An action per item, whose effect is called {@code name[item]}. */
    <S extends ItemScope<?, ?>> Action<S, String> doesEach(String name) {
        return scope -> act(ofItem(name, scope), scope);
    }

    /** The undo of the action per item. */
    <S extends ItemScope<?, ?>> Undo<S, String> undoesEach(String name) {
        return undoesEach(UndoOptions.DEFAULT, name);
    }

    /** The undo of the action per item. */
    <S extends ItemScope<?, ?>> Undo<S, String> undoesEach(UndoOptions options, String name) {
        return Undo.undo(options, (scope, effect) -> undo(ofItem(name, scope), scope, effect));
    }

    /** Sends a callback's id out, an effect like any other. */
    <S extends Scope<?>> Notification<S> sends(String name) {
        return (scope, callbackId) -> {
            synchronized (this) {
                sent.computeIfAbsent(name, n -> new ArrayList<>()).add(callbackId);
            }
            act(name, scope);
        };
    }

    /** Finds nothing until this look, counted over all incarnations. */
    <S extends Scope<?>> Action<S, Optional<String>> finds(String name, int atLook) {
        return scope -> {
            attempt(name, scope, false);
            return looks(name) >= atLook ? Optional.of("found " + name) : Optional.empty();
        };
    }

    /** Reads something: an attempt without effect. */
    <S extends Scope<?>> Action<S, String> reads(String name) {
        return scope -> {
            attempt(name, scope, false);
            return "read " + name;
        };
    }

    /** Has the effect of this name, once per key, unless something else is planned. */
    String act(String name, Scope<?> scope) throws Exception {
        noteForwardStart(name, scope);
        attempt(name, scope, true);
        return "did " + name;
    }

    /** Undoes the effect of this name, tolerating that there is none. */
    void undo(String name, Scope<?> scope, Effect<?> effect) throws Exception {
        String undo = "undo " + name;
        synchronized (this) {
            unwinding.add(scope.executionName());
            String actionKey = keys.get(of(scope, name));
            note(
                    actionKey != null && !actionKey.equals(effect.actionKey()),
                    undo + " was told the key " + effect.actionKey() + ", and the action had " + actionKey);
            handed.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(effect.result().map(result -> result));
        }
        attempt(undo, scope, true);
    }

    /** What is known under the key of an action. */
    synchronized Optional<String> find(String actionKey) {
        attempts.add("find");
        return Optional.ofNullable(applied.get(actionKey)).map(name -> "did " + name);
    }

    /** The process dies, world and engine as one: a thread that comes late finds both dead. */
    synchronized void die() {
        dead = true;
        kill.run();
    }

    /** A new process starts. */
    synchronized void reborn() {
        dead = false;
        incarnation++;
    }

    // what has happened

    /** Whether a body has died and no new process has been started since. */
    synchronized boolean isDead() {
        return dead;
    }

    /** Every attempt of a body in the order in which they began, as {@code name#attempt}. */
    synchronized List<String> attempts() {
        return List.copyOf(attempts);
    }

    /** How often a body of this name was attempted. */
    synchronized int looks(String name) {
        return (int) attempts.stream()
                .filter(attempt -> attempt.startsWith(name + "#"))
                .count();
    }

    /** Every effect in the order in which it was first applied; those of undos begin with {@code undo}. */
    synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    /** The effects that have been applied and not been undone. */
    synchronized List<String> standing() {
        return effects.stream()
                .filter(effect -> !effect.startsWith("undo ") && !effects.contains("undo " + effect))
                .toList();
    }

    /** The key that came with an effect. */
    synchronized String key(String execution, String name) {
        return Optional.ofNullable(keys.get(execution + ":" + name)).orElse("none");
    }

    /** The results that the attempts of an undo were handed. */
    synchronized List<Optional<Object>> handed(String name) {
        return List.copyOf(handed.getOrDefault(name, List.of()));
    }

    /** The callback ids that the attempts of a notification sent. */
    synchronized List<String> sent(String name) {
        return List.copyOf(sent.getOrDefault(name, List.of()));
    }

    /** What was started by a process that had died; on a single line of control that is nothing. */
    synchronized List<String> startedDead() {
        return List.copyOf(startedDead);
    }

    /** What no engine may do, and what was planned and never happened. */
    synchronized List<String> violations() {
        List<String> all = new ArrayList<>(violations);
        planned.forEach((name, faults) -> {
            if (!faults.isEmpty()) {
                all.add("planned for " + name + " and never reached: " + faults);
            }
        });
        return all;
    }

    private void attempt(String name, Scope<?> scope, boolean withEffect) throws Exception {
        int mine = begin(name, scope, withEffect);
        Fault fault = next(mine, name);
        switch (fault) {
            case FAILS -> throw new Fault.Unavailable(name);
            case REJECTS -> throw new StepRejected(name + " says no");
            case ERRS -> throw new AssertionError(name + " is broken");
            case DIES -> {
                die();
                throw new Fault.Died(name);
            }
            case NONE, FAILS_AFTER_EFFECT, DIES_AFTER_EFFECT -> {
                if (withEffect) {
                    apply(mine, name, scope);
                }
            }
        }
        if (fault == Fault.DIES_AFTER_EFFECT) {
            die();
        } else if (fault == Fault.FAILS_AFTER_EFFECT) {
            throw new Fault.Unavailable(name);
        }
    }

    private synchronized int begin(String name, Scope<?> scope, boolean withEffect) {
        if (dead) {
            startedDead.add(name);
            kill.run();
            throw new Fault.Died(name);
        }
        attempts.add(name + "#" + scope.attempt());
        String key = scope.key();
        if (withEffect) {
            String before = keys.putIfAbsent(of(scope, name), key);
            note(before != null && !before.equals(key), name + " had the key " + before + " and then " + key);
            note(
                    !key.matches("[\\x21-\\x7e]{1,64}"),
                    name + " has a key that is not 1 to 64 characters of ASCII: " + key);
        }
        return incarnation;
    }

    private synchronized void apply(int mine, String name, Scope<?> scope) {
        if (dead || mine != incarnation) {
            throw new Fault.Died(name);
        }
        String effect = of(scope, name);
        String before = applied.putIfAbsent(scope.key(), name);
        if (before == null) {
            effects.add(name);
        } else {
            note(!before.equals(name), effect + " came with the key of " + before);
        }
    }

    /** What goes wrong in this attempt; nothing that is planned for a later process does in one that has died. */
    private synchronized Fault next(int mine, String name) throws Fault.Died {
        if (dead || mine != incarnation) {
            throw new Fault.Died(name);
        }
        Deque<Fault> faults = planned.get(name);
        Fault fault = faults == null ? null : faults.poll();
        return fault == null ? lasting.getOrDefault(name, Fault.NONE) : fault;
    }

    private synchronized void noteForwardStart(String name, Scope<?> scope) {
        note(unwinding.contains(scope.executionName()), "a forward start after the first undo: " + name);
    }

    private synchronized void note(boolean violated, String what) {
        if (violated) {
            violations.add(what);
        }
    }

    private static String of(Scope<?> scope, String name) {
        return scope.executionName() + ":" + name;
    }

    private static String ofItem(String name, ItemScope<?, ?> scope) {
        return name + "[" + scope.item() + "]";
    }
}
