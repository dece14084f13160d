package dev.magpie.scheduler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
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
    @ValueSource(strings = {"deque", "idle", "topology"})
    void partsKnowNeitherTheRootNorEachOther(String part) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + part)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        java.util.stream.Stream.of("", ".deque", ".idle", ".topology")
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
}
