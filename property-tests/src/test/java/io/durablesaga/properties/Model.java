package io.durablesaga.properties;

import io.durablesaga.properties.Expected.Cause;
import io.durablesaga.properties.Expected.Ending;
import io.durablesaga.properties.Expected.Report;
import io.durablesaga.properties.Expected.Status;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says how a saga must end, from its specification and the words of the design; crashes change nothing of it but {@link Facts}. */
final class Model {
    /** The input of every root execution, and where the names of items begin. */
    static final String INPUT = "i";

    private Model() {}

    static Expected of(SagaSpec saga, Facts facts) {
        Expected expected = new Expected();
        execution(saga, new Line(expected, facts, INPUT));
        return expected;
    }

    /** Without any crash. */
    static Expected undisturbed(SagaSpec saga) {
        return of(saga, body -> 1);
    }

    static Ending execution(SagaSpec saga, Line line) {
        line.expected.operations.put(line.execution, new ArrayList<>());
        Ending ending = saga.refused()
                ? new Ending(Status.COMPENSATED, new Cause("validate", Failure.Kind.REJECTED), null, List.of())
                : run(saga, line);
        line.expected.endings.put(line.execution, ending);
        return ending;
    }

    private static Ending run(SagaSpec saga, Line line) {
        Optional<Cause> cause = new ModelForward(line, false).run(saga.nodes());
        if (cause.isPresent()) {
            return unwound(cause.get(), line);
        }
        cause = new ModelForward(line, true).run(saga.past());
        if (cause.isEmpty() && saga.returningThrows()) {
            cause = lambdaThrew(line, "returning");
        }
        cause = cause.or(() -> firstLeft(line.done));
        return cause.isEmpty()
                ? new Ending(Status.COMPLETED, null, value(saga, line), List.of())
                : new Ending(Status.STUCK, cause.get(), null, standing(line.done));
    }

    private static Ending unwound(Cause cause, Line line) {
        ModelUnwind unwind = new ModelUnwind(line);
        unwind.all(line.done);
        boolean open =
                unwind.reports().stream().anyMatch(report -> report.state().open());
        return new Ending(open ? Status.STUCK : Status.COMPENSATED, cause, null, unwind.reports());
    }

    static Optional<Cause> lambdaThrew(Line line, String path) {
        line.record("FAILURE failed:" + path + " FAILED");
        return Optional.of(new Cause(path, Failure.Kind.REJECTED));
    }

    private static List<Report> standing(List<Done> done) {
        List<Report> reports = new ArrayList<>();
        for (Done each : done) {
            if (each instanceof Done.Single single) {
                reports.add(new Report(single.path(), single.action(), EffectReport.State.STANDING));
            } else if (each instanceof Done.Decided decided) {
                reports.add(decided.report());
            } else if (each instanceof Done.Group group) {
                group.members().forEach(member -> reports.addAll(standing(member)));
            }
        }
        return reports;
    }

    /** The first step that a person left undone. */
    private static Optional<Cause> firstLeft(List<Done> done) {
        for (Done each : done) {
            if (each instanceof Done.Decided decided && decided.report().state().open()) {
                return Optional.of(decided.cause());
            } else if (each instanceof Done.Group group) {
                for (List<Done> member : group.members()) {
                    Optional<Cause> left = firstLeft(member);
                    if (left.isPresent()) {
                        return left;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What a saga yields: everything that its lambda can see. */
    static String value(SagaSpec saga, Line line) {
        return Keys.of(saga).stream()
                .map(key -> key.perItem()
                        ? key.name() + "=" + line.itemResults.getOrDefault(key.name(), Map.of())
                        : key.name() + "=" + line.results.getOrDefault(key.name(), "-"))
                .collect(Collectors.joining(" "));
    }
}
