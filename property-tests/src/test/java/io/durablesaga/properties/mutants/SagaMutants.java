package io.durablesaga.properties.mutants;

import java.util.List;

/** What could be wrong in a saga, the library being right. */
final class SagaMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.saga(
                    "undo reads a field",
                    "the undo uses what the action left in its service object",
                    Play.UNDO_READS_FIELD),
            Mutant.saga(
                    "undo reads a static", "the undo uses what the action left in a static", Play.UNDO_READS_STATIC),
            Mutant.saga(
                    "undo depends on the default locale",
                    "action and undo name the same thing differently on another machine",
                    Play.DEPENDS_ON_LOCALE),
            Mutant.saga(
                    "undo depends on the default zone",
                    "action and undo mean different days on another machine",
                    Play.DEPENDS_ON_ZONE),
            Mutant.saga(
                    "undo does not tolerate nothing",
                    "the undo fails where its action never had its effect",
                    Play.INTOLERANT_UNDO),
            Mutant.saga(
                    "undo needs the result",
                    "the undo fails where the outcome of its action is unknown",
                    Play.UNDO_NEEDS_RESULT),
            Mutant.saga("undo not idempotent", "a second attempt pays back a second time", Play.UNDO_NOT_IDEMPOTENT),
            Mutant.saga("condition reads a field", "a replay may take the other way", Play.CONDITION_READS_FIELD),
            Mutant.saga(
                    "condition calls a service", "a replay may be told something else", Play.CONDITION_CALLS_SERVICE),
            Mutant.saga("key of its own", "each attempt is another order to the provider", Play.OWN_KEY),
            Mutant.saga("barrier missing", "an effect that lands after its undo stays", Play.NEEDS_BARRIER));

    private SagaMutants() {}
}
