package io.durablesaga.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every public type and method says in a sentence what it is. The Javadoc tool's own check would also demand a tag for every
 * parameter whose name says it all, so that one is off and this one is on.
 */
class JavadocIsCompleteTest {

    @Test
    void every_public_type_and_method_has_a_comment() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String module : List.of(
                "saga-client", "saga-core", "saga-dispatcher", "saga-embedded", "saga-lambda", "saga-testing")) {
            SourceFiles.parse(module, (sources, unit) -> new PublicScanner(sources, unit, missing).scan(unit, null));
        }
        assertThat(missing).isEmpty();
    }

    private static final class PublicScanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final SourceFiles sources;
        private final CompilationUnitTree unit;
        private final List<String> missing;

        PublicScanner(SourceFiles sources, CompilationUnitTree unit, List<String> missing) {
            this.sources = sources;
            this.unit = unit;
            this.missing = missing;
        }

        @Override
        public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
            boolean inInterface = inside(Tree.Kind.INTERFACE) && !isPrivate(node.getModifiers());
            if (!isPublic(node.getModifiers()) && !inInterface) {
                return null;
            }
            require(node, node.getSimpleName().toString());
            return super.visitClass(node, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree node, @Nullable Void unused) {
            boolean said = node.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            boolean open =
                    isPublic(node.getModifiers()) || (inside(Tree.Kind.INTERFACE) && !isPrivate(node.getModifiers()));
            if (open && !said) {
                require(node, node.getName().toString());
            }
            return null;
        }

        private void require(Tree node, String name) {
            if (sources.trees().getDocCommentTree(TreePath.getPath(unit, node)) == null) {
                missing.add(sources.place(unit, node) + " " + name + " has no comment");
            }
        }

        private boolean inside(Tree.Kind kind) {
            TreePath parent = getCurrentPath().getParentPath();
            return parent != null && parent.getLeaf().getKind() == kind;
        }

        private static boolean isPublic(ModifiersTree modifiers) {
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || modifiers.getFlags().contains(Modifier.PROTECTED);
        }

        private static boolean isPrivate(ModifiersTree modifiers) {
            return modifiers.getFlags().contains(Modifier.PRIVATE);
        }
    }
}
