package io.durablesaga.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The parsed sources of a module, for rules that class files cannot tell. */
final class SourceFiles {
    private final DocTrees trees;
    private final Iterable<? extends CompilationUnitTree> units;

    private SourceFiles(DocTrees trees, Iterable<? extends CompilationUnitTree> units) {
        this.trees = trees;
        this.units = units;
    }

    /** Calls the rule with every source file of a module's main code. */
    static void parse(String module, BiConsumer<SourceFiles, CompilationUnitTree> rule) throws IOException {
        List<Path> sources = sources(Path.of("..", module, "src", "main", "java"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            SourceFiles parsed = new SourceFiles(DocTrees.instance(task), task.parse());
            parsed.units.forEach(unit -> rule.accept(parsed, unit));
        }
    }

    DocTrees trees() {
        return trees;
    }

    String place(CompilationUnitTree unit, Tree where) {
        return nameOf(unit) + ":"
                + unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, where));
    }

    static String nameOf(CompilationUnitTree unit) {
        String file = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        return unit.getPackageName() + "." + file.replace(".java", "");
    }

    private static List<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> sources =
                    new ArrayList<>(files.filter(file -> file.toString().endsWith(".java"))
                            .sorted()
                            .toList());
            assertThat(sources).as("sources of %s", folder).isNotEmpty();
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
