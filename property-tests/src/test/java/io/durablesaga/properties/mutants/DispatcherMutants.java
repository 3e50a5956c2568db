package io.durablesaga.properties.mutants;

import static io.durablesaga.properties.mutants.Patch.ofDispatcher;

import java.util.List;

/** What could be wrong in the dispatcher and its handlers. */
final class DispatcherMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                    "dispatcher: conflict acknowledged",
                    "another order under the same number is passed over in silence",
                    ofDispatcher(
                            "Dispatch",
                            "Outcome.CONFLICT, Treatment.DEAD_LETTER,",
                            "Outcome.CONFLICT, Treatment.ACKNOWLEDGE,"),
                    Play.DISPATCH_SQS),
            Mutant.of(
                    "dispatcher: failure acknowledged",
                    "a start of which nothing is known counts as one",
                    ofDispatcher(
                            "Dispatch",
                            "boolean good = outcome == Outcome.ACCEPTED",
                            "boolean good = outcome == Outcome.FAILED || outcome == Outcome.ACCEPTED"),
                    Play.DISPATCH_SQS),
            Mutant.of(
                    "dispatcher: group not stopped",
                    "what comes after a record that is returned is started before it",
                    ofDispatcher("Batch", "            stops.get(index).accumulateAndGet(index, Math::min);\n", ""),
                    Play.DISPATCH_SQS_FIFO),
            Mutant.of(
                    "dispatcher: strict order forgotten",
                    "a shard is started in the order of its keys where strict order is asked for",
                    ofDispatcher("Batch", "lane = strictOrder ?", "lane = strictOrder && index < 0 ?"),
                    Play.DISPATCH_KINESIS),
            Mutant.of(
                    "dispatcher: highest returned",
                    "a stream goes on after the last record that failed",
                    ofDispatcher("lambda/Returned", "< 0 ? other : one", "> 0 ? other : one"),
                    Play.DISPATCH_KINESIS),
            Mutant.of(
                    "dispatcher: one checkpoint for all",
                    "of several partitions only one hears that it is to go back",
                    ofDispatcher("lambda/Returned", "item.place(), item,", "\"\", item,"),
                    Play.DISPATCH_KAFKA),
            Mutant.of(
                    "dispatcher: FIFO not noticed",
                    "a message group is started side by side",
                    ofDispatcher("lambda/SqsSource", "arn.endsWith(\".fifo\")", "arn.endsWith(\".FIFO\")"),
                    Play.DISPATCH_SQS_FIFO),
            Mutant.of(
                    "dispatcher: key not seen",
                    "the records of one partition key are started side by side",
                    ofDispatcher(
                            "lambda/KinesisSource",
                            "new Sequence(shard, key.orElse(\"\"))",
                            "new Sequence(shard, id.orElse(\"\"))"),
                    Play.DISPATCH_KINESIS),
            Mutant.of(
                    "dispatcher: name without the place",
                    "two partitions have the same offsets, and so the same names",
                    ofDispatcher("Names", " + sized(origin.place())", ""),
                    Play.DISPATCH_KAFKA),
            Mutant.of(
                    "dispatcher: name in lower case",
                    "two orders whose numbers differ in case are one",
                    ofDispatcher("Names", "(asItIs ? key", "(asItIs ? key.toLowerCase(java.util.Locale.ROOT)"),
                    Play.DISPATCH_SQS),
            Mutant.of(
                    "dispatcher: JSON not sorted",
                    "the same order written otherwise is another one",
                    ofDispatcher(
                            "CanonicalJson", "fields = new TreeMap<>()", "fields = new java.util.LinkedHashMap<>()"),
                    Play.DISPATCH_SQS),
            Mutant.of(
                    "dispatcher: not judged when it comes again",
                    "a saga that failed meanwhile counts as started",
                    ofDispatcher(
                            "Passage",
                            "case AGAIN -> record.arrival()",
                            "case AGAIN -> record.arrival() == Arrival.UNMARKED && record.arrival()"),
                    Play.DISPATCH_SQS),
            Mutant.of(
                    "dispatcher: deadline ignored",
                    "a slow start takes the whole batch past the end of the invocation",
                    ofDispatcher(
                            "Batch",
                            "undecided.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS)",
                            "undecided.await(1, TimeUnit.HOURS)"),
                    Play.DISPATCH_SQS),
            Mutant.of(
                    "dispatcher: undecided acknowledged",
                    "what is not decided in time counts as started",
                    ofDispatcher(
                            "Batch",
                            "decide(index, Decision.notReached(records.get(index), \"time ran out\"));",
                            "decide(index, new Decision(records.get(index), Outcome.ACCEPTED, true, false, null, \"\"));"),
                    Play.DISPATCH_SQS),
            Mutant.of(
                    "dispatcher: dead letter lost",
                    "a record that the dead letters did not take is acknowledged",
                    ofDispatcher(
                            "Passage",
                            "            LOG.warn(\n                    \"a dead letter was not taken",
                            "            if (finding.detail() != null) {\n                return new Decision(record, finding.outcome(), true, true, null, \"\");\n            }\n            LOG.warn(\n                    \"a dead letter was not taken"),
                    Play.DISPATCH_SQS),
            Mutant.of(
                    "dispatcher: guard before the start",
                    "a start that failed is remembered as one",
                    ofDispatcher(
                            "Attempt",
                            "        Optional<StartAnswer> answer = starting.start(name, payload, turn);\n",
                            "        held.started(claim, name, payload, null);\n        Optional<StartAnswer> answer = starting.start(name, payload, turn);\n"),
                    Play.DISPATCH_SQS));

    private DispatcherMutants() {}
}
