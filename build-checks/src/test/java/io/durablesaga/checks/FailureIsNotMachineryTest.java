package io.durablesaga.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * An exception that crosses the engine interface is machinery and ends the incarnation: the core neither catches it nor
 * runs anything on its way out, and the binding to the durable SDK does no more than pass it on.
 *
 * <p>Reads sources, since class files do not tell everything: ArchUnit does not see a finally that follows a catch.
 */
class FailureIsNotMachineryTest {

    /** The only places that may catch everything, because what they call is the user's code and never the engine. */
    private static final Set<String> RUNS_USER_CODE = Set.of(
            // calls the user's effect, records what the user said a failure says of it, and always throws
            "io.durablesaga.idempotency.Once",
            // turns what an action or undo throws into the outcome of its attempt
            "io.durablesaga.run.AttemptRunner",
            // turns what a predicate, an item list or a mapper throws into one failing operation
            "io.durablesaga.run.Lambda",
            // call the user's own readers of JSON, which may throw anything for a value that does not read
            "io.durablesaga.engine.SagaJson",
            "io.durablesaga.result.SagaResults",
            // calls the user's listener, which must not be able to end an execution
            "io.durablesaga.run.Telling");

    /** Where the binding to the durable SDK catches everything, always to throw it on. */
    private static final Set<String> PASSES_MACHINERY_ON = Set.of(
            // throws what a branch has thrown where the branch is joined, since the SDK would build another exception
            "io.durablesaga.lambda.LambdaOperations",
            // notes what ended an invocation, so that the service invokes again and no execution is failed for it
            "io.durablesaga.lambda.SagaFunction",
            // ends the invocation for what comes out of a run in somebody else's handler, which could take it for a
            // failure
            "io.durablesaga.lambda.SagaRunner",
            // marks what failed between the SDK and the service, which the SDK would take for the failure of a step
            "io.durablesaga.lambda.Shield",
            // ends the incarnation where the claim check is out of reach
            "io.durablesaga.lambda.StepOperation");

    private static final Set<String> CATCH_ALL = Set.of("Throwable", "Exception", "RuntimeException", "Error");

    @Test
    void the_core_catches_no_machinery() throws IOException {
        assertThat(violations("saga-core", RUNS_USER_CODE)).isEmpty();
    }

    @Test
    void the_binding_to_the_durable_SDK_passes_machinery_on() throws IOException {
        assertThat(violations("saga-lambda", PASSES_MACHINERY_ON)).isEmpty();
    }

    private static List<String> violations(String module, Set<String> allowed) throws IOException {
        List<String> violations = new ArrayList<>();
        SourceFiles.parse(module, (sources, unit) -> {
            if (!allowed.contains(SourceFiles.nameOf(unit))) {
                new TryScanner(sources, unit, violations).scan(unit, null);
            }
        });
        return violations;
    }

    private static final class TryScanner extends TreeScanner<@Nullable Void, @Nullable Void> {

        private final SourceFiles sources;
        private final CompilationUnitTree unit;
        private final List<String> violations;

        TryScanner(SourceFiles sources, CompilationUnitTree unit, List<String> violations) {
            this.sources = sources;
            this.unit = unit;
            this.violations = violations;
        }

        @Override
        public @Nullable Void visitTry(TryTree node, @Nullable Void unused) {
            if (node.getFinallyBlock() != null) {
                report("has a finally block, which also runs when the engine ends this incarnation", node);
            }
            return super.visitTry(node, null);
        }

        @Override
        public @Nullable Void visitCatch(CatchTree node, @Nullable Void unused) {
            Tree caught = node.getParameter().getType();
            List<? extends Tree> types =
                    caught instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(caught);
            for (Tree type : types) {
                if (CATCH_ALL.contains(type.toString().replace("java.lang.", ""))) {
                    report("catches " + type + ", and with it the engine's own failures", node);
                }
            }
            return super.visitCatch(node, null);
        }

        private void report(String what, Tree where) {
            violations.add(sources.place(unit, where) + " " + what);
        }
    }
}
