package io.durablesaga.dispatcher;

import io.durablesaga.start.SagaStarter;
import io.durablesaga.start.Standing;
import io.durablesaga.start.StandingAnswer;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers as a test says, for each name in turn, and accepts where it says nothing. */
final class ScriptedStarter implements SagaStarter {
    final List<StartRequest> started = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    int largest = 1_000;

    private final Map<String, Deque<Function<StartRequest, StartAnswer>>> answers =
            Collections.synchronizedMap(new HashMap<>());
    private final Map<String, Deque<StandingAnswer>> standings = Collections.synchronizedMap(new HashMap<>());

    ScriptedStarter answering(String name, StartAnswer... inTurn) {
        for (StartAnswer answer : inTurn) {
            answering(name, request -> answer);
        }
        return this;
    }

    ScriptedStarter answering(String name, Function<StartRequest, StartAnswer> answer) {
        answers.computeIfAbsent(name, first -> new ArrayDeque<>()).add(answer);
        return this;
    }

    ScriptedStarter standing(String name, StandingAnswer... inTurn) {
        standings.computeIfAbsent(name, first -> new ArrayDeque<>()).addAll(List.of(inTurn));
        return this;
    }

    ScriptedStarter standing(String name, Standing.State state) {
        return standing(name, new Standing(state, ""));
    }

    @Override
    public StartAnswer start(StartRequest request) {
        started.add(request);
        Deque<Function<StartRequest, StartAnswer>> mine = answers.getOrDefault(request.name(), new ArrayDeque<>());
        Function<StartRequest, StartAnswer> next;
        synchronized (mine) {
            next = mine.poll();
        }
        return next == null ? new StartAnswer.Accepted(request.name(), "id of " + request.name()) : next.apply(request);
    }

    @Override
    public StandingAnswer standing(StartAnswer.Accepted execution, Duration within) {
        asked.add(execution.name());
        Deque<StandingAnswer> mine = standings.getOrDefault(execution.name(), new ArrayDeque<>());
        StandingAnswer next = mine.poll();
        return next == null ? new Standing(Standing.State.RUNNING, "") : next;
    }

    @Override
    public int largestPayload() {
        return largest;
    }

    List<String> names() {
        return started.stream().map(StartRequest::name).toList();
    }
}
