package io.durablesaga.lambda.byhand;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services that write down what happened, once per key, and say whether it adds up with how an execution ended. Thread-safe. */
public final class Books implements Services {
    private final String declines;
    private final Map<String, String> effects = new LinkedHashMap<>();
    private final Set<String> undone = new HashSet<>();

    /** With this service saying no, or none of them. */
    public Books(String declines) {
        this.declines = declines;
    }

    @Override
    public synchronized String reserve(String item, String key) {
        return effect("reserve", key);
    }

    @Override
    public synchronized void release(String reserveKey, String key) {
        undo("reserve", reserveKey, key);
    }

    @Override
    public synchronized String charge(String card, long cents, String key) {
        return effect("charge", key);
    }

    @Override
    public synchronized void refund(String chargeKey, String key) {
        undo("charge", chargeKey, key);
    }

    @Override
    public synchronized String ship(String reservation, String key) {
        return effect("ship", key);
    }

    @Override
    public synchronized void recall(String shipKey, String key) {
        undo("ship", shipKey, key);
    }

    /** What happened, in order. */
    public synchronized List<String> happened() {
        return List.copyOf(effects.values());
    }

    /** What is wrong if the order has gone through: all must stand. */
    public synchronized List<String> wrongIfCompleted() {
        List<String> wrong = new ArrayList<>();
        for (String each : List.of("reserve", "charge", "ship")) {
            if (!effects.containsValue(each) || undone.contains(each)) {
                wrong.add(each + " does not stand, and the order went through: " + happened());
            }
        }
        return wrong;
    }

    /** What is wrong if the order was undone: nothing may stand. */
    public synchronized List<String> wrongIfUndone() {
        List<String> wrong = new ArrayList<>();
        for (String each : List.of("reserve", "charge", "ship")) {
            if (effects.containsValue(each) && !undone.contains(each)) {
                wrong.add(each + " stands, and the order was undone or given up: " + happened());
            }
        }
        return wrong;
    }

    private String effect(String what, String key) {
        if (what.equals(declines)) {
            throw new Declined(what + " is declined");
        }
        effects.putIfAbsent(key, what);
        return what + " done";
    }

    /** A request that is still on its way when it is undone finds its key used up. */
    private void undo(String what, String actionKey, String key) {
        effects.putIfAbsent(key, "undo " + what);
        effects.putIfAbsent(actionKey, "nothing for " + what);
        undone.add(what);
    }
}
