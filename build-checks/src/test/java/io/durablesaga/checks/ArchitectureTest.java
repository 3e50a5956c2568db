package io.durablesaga.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages, and where time and chance may come from. */
class ArchitectureTest {

    /** The one class per module that hands clock, randomness, ids and environment to all others. */
    private static final Map<Module, String> SOURCE_OF_TIME_AND_CHANCE = Map.of(
            Module.CLIENT, "io.durablesaga.client.Sources",
            Module.DISPATCHER, "io.durablesaga.dispatcher.Sources",
            Module.DYNAMODB, "io.durablesaga.dynamodb.Sources",
            Module.EMBEDDED, "io.durablesaga.embedded.Sources",
            Module.LAMBDA, "io.durablesaga.lambda.Sources",
            Module.TESTING, "io.durablesaga.testing.exploration.Sources");

    /** What a replay would not reproduce: methods by class; {@code <init>} without arguments is the constructor. */
    private static final Map<String, Set<String>> NOT_REPRODUCIBLE = Map.ofEntries(
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime", "getenv")),
            Map.entry("java.security.SecureRandom", Set.of("<init>")),
            Map.entry("java.time.Clock", Set.of("system", "systemDefaultZone", "systemUTC")),
            Map.entry("java.time.Instant", Set.of("now")),
            Map.entry("java.time.LocalDate", Set.of("now")),
            Map.entry("java.time.LocalDateTime", Set.of("now")),
            Map.entry("java.time.LocalTime", Set.of("now")),
            Map.entry("java.time.OffsetDateTime", Set.of("now")),
            Map.entry("java.time.ZonedDateTime", Set.of("now")),
            Map.entry("java.util.Date", Set.of("<init>")),
            Map.entry("java.util.Random", Set.of("<init>")),
            Map.entry("java.util.SplittableRandom", Set.of("<init>")),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")));

    /** The arrows between library modules that do not point at the core, each for one reason. */
    private static final Map<Module, Set<Module>> ARROWS = Map.of(
            // its handlers for Lambda start executions there
            Module.DISPATCHER, Set.of(Module.CLIENT));

    private static final JavaClasses CLASSES = Module.classes();

    @Test
    void every_class_lives_under_the_package_root_of_its_module() {
        classes()
                .should(satisfy(
                        "live under the package root of their module",
                        type -> Stream.of(Module.values())
                                .filter(module -> module.built(type) && Module.owning(type) != module)
                                .map(module ->
                                        type.getName() + " is built by " + module.artifact() + ", but its package is "
                                                + Module.owning(type).artifact() + "'s")))
                .check(CLASSES);
    }

    @Test
    void library_modules_depend_on_the_core_and_on_nothing_else_of_ours() {
        classes()
                .that(describe("are no examples", type -> Module.owning(type) != Module.EXAMPLES))
                .should(satisfy(
                        "depend on their own module, on saga-core, and else along the allowed arrows only",
                        type -> ours(type)
                                .filter(dependency ->
                                        !isAllowed(Module.owning(type), Module.owning(dependency.target())))
                                .map(Arrow::text)))
                .check(CLASSES);
    }

    private static boolean isAllowed(Module from, Module to) {
        return to == from
                || to == Module.CORE
                || ARROWS.getOrDefault(from, Set.of()).contains(to);
    }

    @Test
    void what_is_internal_is_used_by_its_own_module_only() {
        classes()
                .should(satisfy(
                        "use internals of their own module only",
                        type -> ours(type)
                                .filter(dependency ->
                                        (dependency.target().getPackageName() + ".").contains(".internal."))
                                .filter(dependency -> Module.owning(dependency.target()) != Module.owning(type))
                                .map(Arrow::text)))
                .check(CLASSES);
    }

    @Test
    void the_core_knows_no_database_and_no_cloud() {
        noClasses()
                .that(belongTo(Module.CORE))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "software.amazon..", "com.amazonaws..")
                .check(CLASSES);
    }

    @Test
    void only_contract_suites_and_what_is_for_JUnit_need_a_test_framework() {
        noClasses()
                .that(belongTo(Module.TESTING))
                .and(describe(
                        "are no contract suites and not for JUnit",
                        type -> !topLevel(type).getSimpleName().endsWith("Contract")
                                && !type.getPackageName().equals("io.durablesaga.testing.junit")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.assertj..")
                .because("whoever uses explorer or traces brings a framework of their own, or none")
                .check(CLASSES);
    }

    @Test
    void packages_have_no_cycles() {
        slices().assignedFrom(packages()).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void time_and_chance_come_from_outside() {
        classes()
                .that(describe(
                        "are not the one source of their module",
                        type -> !topLevel(type).getName().equals(SOURCE_OF_TIME_AND_CHANCE.get(Module.owning(type)))))
                .should(satisfy(
                        "take clock, randomness, ids and environment from outside",
                        type -> type.getCodeUnitAccessesFromSelf().stream()
                                .filter(access -> isNotReproducible(access.getTarget()))
                                .map(JavaCodeUnitAccess::getDescription)))
                .check(CLASSES);
    }

    private static boolean isNotReproducible(CodeUnitAccessTarget target) {
        Set<String> methods = NOT_REPRODUCIBLE.getOrDefault(target.getOwner().getName(), Set.of());
        boolean takesClockOrSeed = target.getRawParameterTypes().stream()
                .anyMatch(type -> Set.of("java.time.Clock", "long", "[B").contains(type.getName()));
        return methods.contains(target.getName()) && !takesClockOrSeed;
    }

    private static DescribedPredicate<JavaClass> belongTo(Module module) {
        return describe("belong to " + module.artifact(), type -> Module.owning(type) == module);
    }

    private static JavaClass topLevel(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::topLevel).orElse(type);
    }

    private record Arrow(JavaClass target, String text) {}

    private static Stream<Arrow> ours(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency ->
                        new Arrow(dependency.getTargetClass().getBaseComponentType(), dependency.getDescription()))
                .filter(arrow -> (arrow.target().getPackageName() + ".").startsWith("io.durablesaga."));
    }

    private static SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }

    private static ArchCondition<JavaClass> satisfy(
            String description, Function<JavaClass, Stream<String>> violations) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                violations.apply(type).forEach(violation -> events.add(SimpleConditionEvent.violated(type, violation)));
            }
        };
    }
}
