package io.durablesaga.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.Comparator;

/** A module under check and the one package root it owns. A new module is one more line here. */
enum Module {
    CLIENT("saga-client", "io.durablesaga.client"),
    CORE("saga-core", "io.durablesaga"),
    DISPATCHER("saga-dispatcher", "io.durablesaga.dispatcher"),
    DYNAMODB("saga-dynamodb-idempotency", "io.durablesaga.dynamodb"),
    EMBEDDED("saga-embedded", "io.durablesaga.embedded"),
    /** There only with the profile aws. */
    LAMBDA("saga-lambda", "io.durablesaga.lambda"),
    TESTING("saga-testing", "io.durablesaga.testing"),
    EXAMPLES("saga-examples", "io.durablesaga.examples");

    private final String artifact;
    private final String root;

    Module(String artifact, String root) {
        this.artifact = artifact;
        this.root = root;
    }

    /** The main classes of all modules, and nothing else. */
    static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(location -> Arrays.stream(values())
                        .anyMatch(module -> location.contains("/" + module.artifact + "-")
                                || location.contains("/" + module.artifact + "/target/classes/")))
                .importPackages("io.durablesaga");
    }

    /** The module whose root a class lives under: the longest root wins, as all lie below the core's. */
    static Module owning(JavaClass type) {
        return Arrays.stream(values())
                .filter(module -> (type.getPackageName() + ".").startsWith(module.root + "."))
                .max(Comparator.comparing(module -> module.root.length()))
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " lies outside io.durablesaga"));
    }

    /** Whether the class file of a class was built by this module. */
    boolean built(JavaClass type) {
        return type.getSource()
                .map(source -> source.getUri().toString())
                .filter(uri -> uri.contains("/" + artifact + "-") || uri.contains("/" + artifact + "/target/classes/"))
                .isPresent();
    }

    String artifact() {
        return artifact;
    }
}
