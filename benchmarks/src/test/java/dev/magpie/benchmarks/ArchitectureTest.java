package dev.magpie.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The public API is enough. */
class ArchitectureTest {

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.magpie.benchmarks");

    @Test
    void usesOfTheEngineOnlyWhatUsersSee() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.magpie.scheduler.deque..",
                        "dev.magpie.scheduler.idle..",
                        "dev.magpie.scheduler.topology..",
                        "dev.magpie.scheduler.trace..",
                        "dev.magpie.examples..")
                .check(MAIN);
    }

    @Test
    void graphsAndLawsKnowNothingOfWhatIsMeasured() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.magpie.benchmarks.graph", "dev.magpie.benchmarks.fit")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.magpie.scheduler..",
                        "dev.magpie.sorting..",
                        "dev.magpie.benchmarks.harness..",
                        "dev.magpie.benchmarks.report..")
                .check(MAIN);
    }

    @Test
    void theRivalKnowsNothingOfMagpie() {
        noClasses()
                .that()
                .resideInAPackage("dev.magpie.benchmarks.chaselev")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.magpie.scheduler..", "dev.magpie.benchmarks.harness..")
                .check(MAIN);
    }
}
