package io.durablesaga.testing.contract;

import io.durablesaga.result.EffectReport;
import io.durablesaga.result.SagaResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is left of an execution that has ended, without what a crash may change: how often bodies were attempted.
 *
 * @param result its status, its cause, its reports
 * @param effects every effect in order, or sorted where several lines of control have them
 * @param undos the undos in order, or sorted where they run at the same time
 * @param operations what is recorded, in order, or sorted where several lines of control record
 * @param bodies the bodies that ran, repeated attempts taken as one, but for those that only read and may run ahead; empty
 *     where several lines of control run them
 * @param attempts how often each body was attempted
 */
record Ending(
        String result,
        List<String> effects,
        List<String> undos,
        List<List<String>> operations,
        List<String> bodies,
        Map<String, Long> attempts) {

    static Ending of(
            SagaResult<?> result, World world, List<List<String>> operations, Set<String> fenced, Story story) {
        List<String> undos = world.effects().stream()
                .filter(effect -> effect.startsWith("undo "))
                .toList();
        return new Ending(
                described(result),
                story.concurrent() ? sorted(world.effects()) : world.effects(),
                story.undoneInAnyOrder() ? sorted(undos) : undos,
                story.concurrent() ? operations.stream().map(Ending::sorted).toList() : operations,
                story.concurrent() ? List.of() : bodies(world, fenced),
                attempts(world));
    }

    /** Compares all but the number of attempts. */
    boolean isAs(Ending other) {
        return result.equals(other.result)
                && effects.equals(other.effects)
                && undos.equals(other.undos)
                && operations.equals(other.operations)
                && bodies.equals(other.bodies);
    }

    private static String described(SagaResult<?> result) {
        if (result instanceof SagaResult.Completed<?> completed) {
            return "completed with " + completed.value();
        }
        if (result instanceof SagaResult.Compensated<?> compensated) {
            return "compensated because of " + compensated.cause() + reports(compensated.effects());
        }
        SagaResult.Stuck<?> stuck = (SagaResult.Stuck<?>) result;
        return "stuck because of " + stuck.cause() + reports(stuck.effects());
    }

    private static String reports(List<EffectReport> effects) {
        StringBuilder all = new StringBuilder();
        effects.forEach(effect -> all.append("; ")
                .append(effect.path())
                .append(" ")
                .append(effect.action())
                .append(" ")
                .append(effect.state())
                .append(" ")
                .append(effect.lastError())
                .append(" ")
                .append(effect.reason()));
        return all.toString();
    }

    private static List<String> bodies(World world, Set<String> fenced) {
        List<String> bodies = new ArrayList<>();
        for (String attempt : world.attempts()) {
            String body = bodyOf(attempt);
            if (fenced.contains(body)
                    && (bodies.isEmpty() || !bodies.get(bodies.size() - 1).equals(body))) {
                bodies.add(body);
            }
        }
        return bodies;
    }

    private static Map<String, Long> attempts(World world) {
        Map<String, Long> attempts = new LinkedHashMap<>();
        world.attempts().forEach(attempt -> attempts.merge(bodyOf(attempt), 1L, Long::sum));
        return attempts;
    }

    private static String bodyOf(String attempt) {
        return attempt.substring(0, attempt.lastIndexOf('#'));
    }

    private static List<String> sorted(List<String> all) {
        return all.stream().sorted().toList();
    }
}
