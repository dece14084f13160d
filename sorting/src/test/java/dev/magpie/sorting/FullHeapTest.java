package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sorts that run out of memory in the middle, in a process of their own. */
class FullHeapTest {

    private static final long DEADLINE_SECONDS = 300;

    @TempDir private Path folder;

    @Test
    void noElementIsLostWhenMemoryRunsOutInTheMiddle() throws Exception {
        Path said = folder.resolve("said");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx16m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FullHeapProcess.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.to(said.toFile()))
                        .start();
        try {
            assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(said, StandardCharsets.UTF_8))
                .contains("150 sorts, stopped some: true");
    }
}
