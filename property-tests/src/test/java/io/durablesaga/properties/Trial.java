package io.durablesaga.properties;

import java.util.List;
import java.util.stream.Collectors;

/** One run of a plan on an engine, held against the model. */
record Trial(Expected expected, Run.Outcome outcome, List<String> problems) {

    static Trial of(Engine engine, Plan plan) {
        Run.Outcome happened = engine.ask(opened -> Run.of(plan, opened));
        Expected expected = Model.of(plan.saga(), body -> {
            Life life = happened.world().lives().get(body);
            return life == null ? 1 : life.rejectingAttempt();
        });
        return new Trial(expected, happened, Verdict.on(happened, expected));
    }

    /** Everything there is to know about a run that went wrong. */
    String story(Engine engine, Plan plan) {
        return "on " + engine + ": " + plan
                + "\n  what is wrong:\n    " + String.join("\n    ", problems)
                + "\n  expected: " + expected.root()
                + "\n  statuses: " + outcome.statuses()
                + "\n  what happened:\n"
                + outcome.world().log().stream().map(entry -> "    " + entry).collect(Collectors.joining("\n"))
                + "\n  to repeat: " + Seeded.command() + "\n";
    }
}
