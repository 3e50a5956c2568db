package io.durablesaga.properties.mutants;

import static io.durablesaga.properties.mutants.Patch.ofLambda;

import java.util.List;

/** What could be wrong in the binding to AWS Lambda: much of it is what people write by hand first. */
final class LambdaMutants {
    private static final String REST_OF_CHECKPOINT =
            "            throw new Interrupted(failed);\n        }\n    }\n\n    @Override\n    public GetDurable";

    /** What fails on the way to the service reaches the SDK as it is. */
    private static final Patch UNSHIELDED = ofLambda(
            "Shield",
            "        } catch (Throwable failed) {\n" + REST_OF_CHECKPOINT,
            "        } catch (java.io.UncheckedIOException failed) {\n" + REST_OF_CHECKPOINT);

    static final List<Mutant> ALL = List.of(
            Mutant.of(
                    "lambda: whatever the SDK throws is a failure",
                    "a throttled checkpoint or a suspension fails the step, and the saga unwinds",
                    ofLambda(
                            "StepOperation",
                            "        } catch (StepException | WaitForConditionFailedException failed) {\n",
                            """
                                    } catch (RuntimeException fault) {
                                        if (!(fault instanceof StepException)) {
                                            return new StepOutcome.Failed(Failure.unknown("fault", "of the engine"), 1);
                                        }
                                        StepException failed = (StepException) fault;
                            """),
                    Play.LAMBDA_CHAIN),
            Mutant.of(
                    "lambda: lost connection taken for a failure",
                    "the SDK records the failure of a step whose success it could not send",
                    UNSHIELDED,
                    Play.LAMBDA_CHAIN),
            Mutant.of(
                    "lambda: failed checkpoint ends the execution",
                    "what the SDK returns after a checkpoint that failed is handed to the service as it is",
                    List.of(
                            UNSHIELDED,
                            ofLambda(
                                    "SagaFunction",
                                    "        throw again(incarnation, broken.get() == null ? asThrown",
                                    "        if (incarnation.input() != null) {\n            return output;\n        }\n"
                                            + "        throw again(incarnation, broken.get() == null ? asThrown")),
                    Play.LAMBDA_CHAIN),
            Mutant.of(
                    "lambda: no fence",
                    "a body runs before its start is durable",
                    ofLambda(
                            "StepOperation",
                            "                        call.kind().fenced()\n",
                            "                        call.interruptions() < 0\n"),
                    Play.LAMBDA_CHAIN),
            Mutant.of(
                    "lambda: one interruption decides",
                    "a crash in the middle of an attempt fails the step",
                    ofLambda(
                            "StepOperation",
                            "error instanceof StepInterruptedException && attempt",
                            "error instanceof StepInterruptedException && 50 + attempt"),
                    Play.LAMBDA_CHAIN),
            Mutant.of(
                    "lambda: default retries",
                    "a failure for good is attempted again",
                    ofLambda(
                            "StepOperation",
                            "return delay == null ? RetryDecision.fail()",
                            "return delay == null && attempt > 2 ? RetryDecision.fail()"
                                    + " : delay == null ? RetryDecision.retry(AFTER_INTERRUPTION)"),
                    Play.LAMBDA_CHAIN),
            Mutant.of(
                    "lambda: rejection forgotten",
                    "what a step declared to be without effect is undone",
                    ofLambda(
                            "StepFailed",
                            "Failure.Kind.valueOf(json.path(\"kind\").asText().toUpperCase(Locale.ROOT));\n",
                            "Failure.Kind.UNKNOWN;\n"),
                    Play.LAMBDA_CHAIN),
            Mutant.of(
                    "lambda: key of the invocation",
                    "every incarnation has keys of its own",
                    ofLambda(
                            "SagaRunner",
                            "new ExecutionIdentity(context.getExecutionArn(), arn",
                            "new ExecutionIdentity(context.getExecutionArn() + System.nanoTime(), arn"),
                    Play.LAMBDA_CHAIN),
            Mutant.of(
                    "lambda: retry too early",
                    "the delay that the step asked for is not kept",
                    ofLambda(
                            "StepOperation",
                            "RetryDecision.retry(Seconds.of(delay))",
                            "RetryDecision.retry(AFTER_INTERRUPTION)"),
                    Play.LAMBDA_WAITS),
            Mutant.of(
                    "lambda: pause too short",
                    "durations are cut, and not rounded up",
                    ofLambda("Seconds", "Math.max(1, whole)", "Math.max(1, whole / 2)"),
                    Play.LAMBDA_SLEEP));

    private LambdaMutants() {}
}
