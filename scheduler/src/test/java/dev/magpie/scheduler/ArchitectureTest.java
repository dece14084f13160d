package dev.magpie.scheduler;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrows point one way. */
class ArchitectureTest {

    private static final String ROOT = "dev.magpie.scheduler";

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @ParameterizedTest
    @ValueSource(strings = {"deque", "idle", "topology", "trace", "lockfree"})
    void partsKnowNeitherTheRootNorEachOther(String part) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + part)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        java.util.stream.Stream.of(
                                        "",
                                        ".deque",
                                        ".idle",
                                        ".topology",
                                        ".trace",
                                        ".metrics",
                                        ".lockfree")
                                .filter(other -> !other.equals("." + part))
                                .map(other -> ROOT + other)
                                .toArray(String[]::new))
                .check(MAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deque", "idle"})
    void dequeAndIdleUseNothingButTheJdk(String part) {
        classes()
                .that()
                .resideInAPackage(ROOT + "." + part)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "." + part, "java.lang..", "java.util..", "org.jspecify..")
                .check(MAIN);
    }

    @Test
    void lockFreeStructuresUseNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".lockfree")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + ".lockfree", "java..", "org.jspecify..")
                .check(MAIN);
    }

    @Test
    void onlyTheSubmissionQueueKnowsJcToolsAndOnlyTheBinderAffinity() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SubmissionQueue")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jctools..")
                .check(MAIN);
        noClasses()
                .that()
                .doNotHaveSimpleName("CpuBinder")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.openhft..")
                .check(MAIN);
    }

    @Test
    void traceUsesNothingButTheJdkAndFlightRecorderOnlyInEvents() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".trace")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".trace",
                        "java.lang..",
                        "java.util..",
                        "java.io..",
                        "jdk.jfr..",
                        "org.jspecify..")
                .check(MAIN);
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Event")
                .and()
                .doNotHaveSimpleName("FlightEvents") // asks whether it is started
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.jfr..")
                .check(MAIN);
    }

    @Test
    void metricsKnowPublicTypesAndNobodyKnowsMetrics() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".metrics")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + "..")
                                .and(not(resideInAPackage(ROOT + ".metrics")))
                                .and(not(modifier(JavaModifier.PUBLIC))))
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".metrics")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".deque", ROOT + ".idle", ROOT + ".topology", ROOT + ".trace")
                .check(MAIN);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".metrics")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".metrics", "io.micrometer..")
                .check(MAIN);
    }

    @Test
    void coordinationKnowsPublicTypesOfTheRootAndNobodyKnowsCoordination() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".coordination")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                        ROOT + ".coordination",
                                        "java.lang..",
                                        "java.util..",
                                        "org.jspecify..")
                                .or(resideInAPackage(ROOT).and(modifier(JavaModifier.PUBLIC))))
                .check(MAIN);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".coordination")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".coordination")
                .check(MAIN);
    }

    @Test
    void onlyOptionalClassesKnowManagement() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SchedulerBean")
                .and()
                .doNotHaveSimpleName("HeldMonitors")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.management..", "javax.management..")
                .check(MAIN);
    }
}
