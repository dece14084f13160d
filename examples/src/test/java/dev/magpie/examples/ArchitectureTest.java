package dev.magpie.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Arrows between modules point one way: examples, sorting, scheduler. */
class ArchitectureTest {

    private static final String SCHEDULER = "dev.magpie.scheduler";
    private static final String SORTING = "dev.magpie.sorting";
    private static final String EXAMPLES = "dev.magpie.examples";

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(SCHEDULER, SORTING, EXAMPLES);

    @Test
    void nothingDependsOnWhatUsesIt() {
        noClasses()
                .that()
                .resideInAPackage(SCHEDULER + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SORTING + "..", EXAMPLES + "..")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage(SORTING + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(EXAMPLES + "..")
                .check(MAIN);
    }

    @Test
    void theSchedulersPartsAreReachedOnlyThroughItsPublicPackage() {
        noClasses()
                .that()
                .resideInAnyPackage(SORTING + "..", EXAMPLES + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        SCHEDULER + ".deque..",
                        SCHEDULER + ".idle..",
                        SCHEDULER + ".topology..",
                        SCHEDULER + ".trace..")
                .check(MAIN);
    }

    @Test
    void sortingNeedsNothingButTheSchedulerAndTheJdk() {
        com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(SORTING + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(SORTING, SCHEDULER, "java..", "org.jspecify..")
                .check(MAIN);
    }
}
