package io.durablesaga;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.resilience4j.core.IntervalFunction;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles the definition of a saga against this library, as a user's build would. */
final class Compiling {
    private static final String BEFORE = """
            package probe;

            import static io.durablesaga.StepOptions.with;
            import static io.durablesaga.Undo.*;
            import static io.durablesaga.Within.within;
            import static java.time.Duration.*;

            import io.durablesaga.*;
            import java.util.*;

            final class Probe {
                record Line(String sku) {}
                record Order(String id, List<Line> lines) {}

                static final StepKey<String> RESERVE = StepKey.of("reserve", String.class);
                static final StepKey<Integer> CHARGE = StepKey.of("charge", Integer.class);
                static final StepKey<String> SHIP = StepKey.of("ship", String.class);
                static final Saga<String, Integer> INNER = SagaBuilder.saga("inner", String.class)
                        .capture(CHARGE, s -> 1)
                        .returning(Integer.class, s -> s.result(CHARGE));
                static final Object SAGA = SagaBuilder.saga("probe", Order.class)
            """;

    private Compiling() {}

    /** What the compiler says against a saga that is defined by this chain of calls. */
    static List<String> errors(Path output, String chain) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-classpath", classpath(), "-d", output.toString(), "--release", "17");
        compiler.getTask(null, null, diagnostics, options, null, List.of(new Source(BEFORE + chain + ";\n}\n")))
                .call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ENGLISH))
                .toList();
    }

    private static String classpath() {
        return Stream.of(Saga.class, TypeReference.class, Nullable.class, IntervalFunction.class)
                .map(Compiling::origin)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String origin(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path to " + type, e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///probe/Probe.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
