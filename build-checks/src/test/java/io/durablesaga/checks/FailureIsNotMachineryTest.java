package io.durablesaga.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * An exception that crosses the engine interface is machinery and ends the incarnation: the core neither catches it nor
 * runs anything on its way out.
 *
 * <p>Reads sources, since class files do not tell everything: ArchUnit does not see a finally that follows a catch.
 */
class FailureIsNotMachineryTest {

    private static final Path CORE_SOURCES = Path.of("..", "saga-core", "src", "main", "java");

    /** The only places that may catch everything, because what they call is the user's code and never the engine. */
    private static final Set<String> RUNS_USER_CODE = Set.of(
            // turns what an action or undo throws into the outcome of its attempt
            "io.durablesaga.run.AttemptRunner",
            // turns what a predicate, an item list or a mapper throws into one failing operation
            "io.durablesaga.run.Lambda",
            // calls the user's listener, which must not be able to end an execution
            "io.durablesaga.run.Telling");

    private static final Set<String> CATCH_ALL = Set.of("Throwable", "Exception", "RuntimeException", "Error");

    @Test
    void the_core_catches_no_machinery() throws IOException {
        assertThat(violations()).isEmpty();
    }

    private static List<String> violations() throws IOException {
        List<Path> sources = sources();
        if (sources.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<String> violations = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                if (!RUNS_USER_CODE.contains(nameOf(unit))) {
                    new TryScanner(unit, positions, violations).scan(unit, null);
                }
            }
            return violations;
        }
    }

    private static List<Path> sources() throws IOException {
        if (!Files.isDirectory(CORE_SOURCES)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(CORE_SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static String nameOf(CompilationUnitTree unit) {
        String file = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        return unit.getPackageName() + "." + file.replace(".java", "");
    }

    private static final class TryScanner extends TreeScanner<@Nullable Void, @Nullable Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> violations;

        TryScanner(CompilationUnitTree unit, SourcePositions positions, List<String> violations) {
            this.unit = unit;
            this.positions = positions;
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
            long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, where));
            violations.add(nameOf(unit) + ":" + line + " " + what);
        }
    }
}
