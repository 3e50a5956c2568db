package io.durablesaga.testing.contract;

import io.durablesaga.Saga;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.testing.engine.EngineUnderTest;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A saga from its start to its end, with what people outside do meanwhile. Told often: each time in a new world.
 *
 * @param saga makes it, and plans in the world what goes wrong in its bodies
 * @param concurrent whether several lines of control are at work at the same time
 * @param undoneInAnyOrder whether undos are, too
 * @param doubtful the body whose answer means something else on a second attempt, or empty
 * @param callbacks what people do with the callback of a path, one after the other
 * @param decisions what people decide for a path, one after the other
 */
record Story(
        Supplier<Saga<String, String>> saga,
        boolean concurrent,
        boolean undoneInAnyOrder,
        String doubtful,
        Map<String, List<BiFunction<EngineUnderTest, String, CallbackAnswer>>> callbacks,
        Map<String, List<Decided>> decisions) {

    /** A decision, and what is repaired before it is made. */
    record Decided(Decision decision, Runnable repair) {}

    /** A story of one line of control, in which nobody outside has a part. */
    static Story of(Supplier<Saga<String, String>> saga) {
        return new Story(saga, false, false, "", Map.of(), Map.of());
    }

    /** Several lines of control are at work at the same time; they are undone one after the other. */
    Story concurrently() {
        return new Story(saga, true, undoneInAnyOrder, doubtful, callbacks, decisions);
    }

    /** Several lines of control are at work at the same time, also on the way back. */
    Story concurrentlyThereAndBack() {
        return new Story(saga, true, true, doubtful, callbacks, decisions);
    }

    /** This body's answer means something else where it is not the first attempt that gives it. */
    Story doubting(String body) {
        return new Story(saga, concurrent, undoneInAnyOrder, body, callbacks, decisions);
    }

    /** Somebody does this to the callback of a path, once all that was said before is done. */
    Story then(String path, BiFunction<EngineUnderTest, String, CallbackAnswer> act) {
        return new Story(saga, concurrent, undoneInAnyOrder, doubtful, with(callbacks, path, act), decisions);
    }

    /** Somebody repairs something and then decides what the execution is parked on. */
    Story decided(String path, Decision decision, Runnable repair) {
        return new Story(
                saga,
                concurrent,
                undoneInAnyOrder,
                doubtful,
                callbacks,
                with(decisions, path, new Decided(decision, repair)));
    }

    private static <T> Map<String, List<T>> with(Map<String, List<T>> lists, String path, T last) {
        List<T> longer = Stream.concat(lists.getOrDefault(path, List.of()).stream(), Stream.of(last))
                .toList();
        return Stream.concat(
                        lists.entrySet().stream()
                                .filter(entry -> !entry.getKey().equals(path)),
                        Stream.of(Map.entry(path, longer)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
