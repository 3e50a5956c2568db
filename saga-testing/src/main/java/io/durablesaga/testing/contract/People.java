package io.durablesaga.testing.contract;

import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.engine.EngineUnderTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Those outside who play their part in a {@link Story}. Where a call breaks they cannot know whether it was heard, and repeat
 * it.
 */
final class People {
    private final EngineUnderTest engine;
    private final Story story;
    private final RecordLog log;
    private final Map<String, Integer> done = new HashMap<>();
    private final Map<String, Story.Decided> decisions = new HashMap<>();
    private final Map<String, Integer> decided = new HashMap<>();

    /** Makes a call that may break: runs it, and says whether it came back. */
    interface Caller extends BiPredicate<String, Runnable> {}

    People(EngineUnderTest engine, Story story, RecordLog log) {
        this.engine = engine;
        this.story = story;
        this.log = log;
    }

    /** Does one thing that is due; says whether there was one. */
    boolean act(SagaStatus<?> status, Caller caller) {
        for (Map.Entry<String, String> open :
                engine.callbacks(SubjectContract.NAME).entrySet()) {
            var acts = story.callbacks().getOrDefault(open.getKey(), List.of());
            int next = done.getOrDefault(open.getKey(), 0);
            if (next < acts.size()) {
                if (calls(caller, "answer", () -> acts.get(next).apply(engine, open.getValue()))) {
                    done.put(open.getKey(), next + 1);
                }
                return true;
            }
        }
        return status instanceof SagaStatus.Parked<?> parked
                && parked.decisions().stream().anyMatch(decision -> decides(decision, caller));
    }

    private boolean decides(SagaStatus.ParkedDecision parked, Caller caller) {
        List<Story.Decided> all = story.decisions().getOrDefault(parked.path(), List.of());
        Story.Decided mine = decisions.get(parked.id());
        if (mine == null) {
            int next = decided.merge(parked.path(), 1, Integer::sum) - 1;
            if (next >= all.size()) {
                return false;
            }
            mine = all.get(next);
            decisions.put(parked.id(), mine);
        }
        mine.repair().run();
        if (mine.decision() instanceof Decision.Retry) {
            log.again();
        }
        Decision decision = mine.decision();
        boolean unused = calls(caller, "decide", () -> engine.decide(parked.id(), decision));
        return true;
    }

    /** Whoever repeats a call may be told that the first was heard, or that it is too late; never that nobody asked. */
    private static boolean calls(Caller caller, String name, Supplier<CallbackAnswer> call) {
        return caller.test(name, () -> {
            if (call.get() == CallbackAnswer.UNKNOWN) {
                throw new AssertionError("to " + name + " is answered that there is nothing of the kind");
            }
        });
    }
}
