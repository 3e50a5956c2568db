package io.durablesaga.properties.concurrency;

import static io.durablesaga.Undo.nothingToUndo;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.embedded.ExecutionConflict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/** Whoever starts executions under the same two names at the same time. */
@Param(name = "name", gen = IntGen.class, conf = "1:2")
@Param(name = "input", gen = IntGen.class, conf = "1:2")
public final class StartOperations {
    private static final StepKey<String> ECHO = StepKey.of("echo", String.class);
    private static final Map<String, String> RUNS = new ConcurrentHashMap<>();
    private static final Saga<String, String> ECHOING = SagaBuilder.saga("echoing", String.class)
            .step(
                    ECHO,
                    s -> RUNS.merge(s.executionName(), s.input(), (before, now) -> before + " and again " + now),
                    nothingToUndo("a test"))
            .returning(String.class, s -> s.result(ECHO));
    private static final SharedEngine ENGINES = new SharedEngine(List.of(ECHOING));

    private final SharedEngine.Share share = ENGINES.next();
    private final Map<Integer, Set<String>> accepted = new ConcurrentHashMap<>();

    /** Starts an execution, or finds it; says whether it has this input. */
    @Operation
    public boolean start(@Param(name = "name") int name, @Param(name = "input") int input) {
        try {
            share.engine().start(ECHOING, nameOf(name), "input-" + input);
            accepted.computeIfAbsent(name, any -> ConcurrentHashMap.newKeySet())
                    .add("input-" + input + " under " + share.engine().id(nameOf(name)));
            return true;
        } catch (ExecutionConflict otherInput) {
            return false;
        }
    }

    /** There is one execution of each name that was started, and its one step ran once. */
    @Validate
    public void ranOnce() {
        share.engine().settle();
        accepted.forEach((name, inputs) -> {
            String ran = String.valueOf(RUNS.remove(nameOf(name)));
            if (inputs.size() != 1 || !inputs.iterator().next().startsWith(ran + " under ")) {
                throw new IllegalStateException("started with " + inputs + ", and it ran with " + ran);
            }
        });
    }

    private String nameOf(int name) {
        return share.name() + "-" + name;
    }

    /** The same for one thread. */
    public static final class Alone {
        private final Map<Integer, Integer> inputs = new HashMap<>();

        /** As {@link StartOperations#start}. */
        public boolean start(int name, int input) {
            return inputs.computeIfAbsent(name, any -> input) == input;
        }
    }
}
