package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random work in JVMs of their own: every collector, one CPU, a tiny heap, the interpreter. */
class EnvironmentsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseSerialGC",
                "-XX:+UseParallelGC",
                "-XX:+UseG1GC",
                "-XX:+UseZGC",
                "-XX:+UseShenandoahGC",
                "-XX:ActiveProcessorCount=1",
                "-Xmx16m -Xss512k",
                "-Xint",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UseCompressedOops"
            })
    void randomWorkIsDone(String flags) throws Exception {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(flags.split(" ")));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            Assumptions.assumeFalse(
                    text.contains("not supported") || text.contains("Unrecognized VM option"),
                    () -> flags + ": " + text);
            assertThat(text).endsWith("done");
            assertThat(process.waitFor(60, SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What runs in a JVM of its own; it ends by itself, or by its own deadlines. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) throws Exception {
            long seed = 4711;
            try (Scheduler scheduler = Scheduler.create()) {
                for (Shapes.Shape shape : Shapes.Shape.values()) {
                    Shapes shapes = new Shapes(scheduler, seed++);
                    for (int i = 0; i < 3; i++) {
                        shapes.run(shape);
                    }
                }
            }
            System.out.println("done");
        }
    }
}
