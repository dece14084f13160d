package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LicensesCommandTest {

    @Test
    void everyLibraryIsNamedWithVersionAndLicence() {
        String out = CommandLineRun.of("licenses").assertSucceeded().out();
        assertThat(out)
                .startsWith("Magpie: Apache License, Version 2.0")
                .contains("(MIT", "org.jsoup:jsoup:", "(Unicode-3.0) ICU4J", "io.grpc:grpc-core:")
                .doesNotContain("Unknown license", "junit", "dev.magpie");
        assertThat(out.lines().filter(line -> line.startsWith("     ")))
                .hasSizeGreaterThan(40)
                .allMatch(line -> line.matches(" +(\\([^)]+\\) )+.+ \\(.+:.+:.+ - .+\\)"));
    }
}
