package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.examples.crawl.warc.WarcOutput;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one process writes another one does not write at the same time. */
class OutputLockTest {

    /** What is written. */
    enum Kind {
        WARC,
        GRAPH;

        Closeable open(Path path) throws IOException {
            return this == WARC
                    ? WarcOutput.open(path, "crawl", 1 << 20, Map.of())
                    : new LinkGraph(path);
        }
    }

    @TempDir Path folder;

    /** Holds an output until its standard input ends. */
    public static void main(String[] args) throws IOException {
        try (Closeable held = Kind.valueOf(args[0]).open(Path.of(args[1]))) {
            System.out.println("open");
            while (System.in.read() >= 0) {
                continue; // until whoever started it lets go
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void anotherProcessIsRefused(Kind kind) throws Exception {
        Path path = folder.resolve("output");
        Process holder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                OutputLockTest.class.getName(),
                                kind.name(),
                                path.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            byte[] said = holder.getInputStream().readNBytes("open".length());
            assertThat(said).asString(StandardCharsets.UTF_8).isEqualTo("open");
            assertThatThrownBy(() -> kind.open(path).close())
                    .isInstanceOf(IOException.class)
                    .hasMessage(path + " is open for writing elsewhere");
            holder.getOutputStream().close();
            assertThat(holder.waitFor()).isZero();
            kind.open(path).close();
        } finally {
            holder.destroyForcibly();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherOneOfThisProcessIsRefused(Kind kind) throws Exception {
        Path path = folder.resolve("output");
        try (Closeable held = kind.open(path)) {
            assertThatThrownBy(() -> kind.open(path).close())
                    .isInstanceOf(IOException.class)
                    .hasMessage(path + " is open for writing elsewhere");
        }
        kind.open(path).close();
    }
}
