package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.scheduler.metrics.SchedulerMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/observability.md names all that there is, and its program runs. */
class ObservabilityPageTest {

    private static final Path PAGE = Path.of("..", "docs", "observability.md");

    private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @TempDir private Path folder;

    @Test
    void programCompilesAndRuns() throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
        assertThat(example.find()).isTrue();
        Path source = Files.writeString(folder.resolve("Observed.java"), example.group(1));
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                complaints,
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                folder.toString(),
                                source.toString());
        assertThat(failed).as(complaints.toString(StandardCharsets.UTF_8)).isZero();
        Path trace = folder.resolve("trace.json");
        Path output = folder.resolve("output.txt");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                folder + File.pathSeparator + System.getProperty("java.class.path"),
                                "Observed",
                                trace.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(60, SECONDS)).isTrue();
            assertThat(Files.readString(output)).contains("1 submission, 0 steals");
            assertThat(Files.readString(trace)).contains("orders-worker-0", "\"run\"");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void namesEveryMeter() throws Exception {
        String page = Files.readString(PAGE);
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            new SchedulerMetrics(scheduler, "page", Tags.empty()).bindTo(registry);
            for (Meter meter : registry.getMeters()) {
                assertThat(page).contains("`" + meter.getId().getName() + "`");
                String state = meter.getId().getTag("state");
                assertThat(page).contains(state == null ? "" : "`state=" + state + "`");
            }
            registry.close();
        }
    }

    @Test
    void namesEveryComponentOfTheStats() throws Exception {
        String page = Files.readString(PAGE);
        for (Class<?> type : new Class<?>[] {SchedulerStats.class, WorkerStats.class}) {
            for (RecordComponent component : type.getRecordComponents()) {
                String name = component.getName();
                boolean isPlace = name.matches("index|cpu|workers|spares");
                assertThat(isPlace || page.contains("`" + name + "`")).as(name).isTrue();
            }
        }
    }

    @Test
    void namesEveryEvent() throws Exception {
        String page = Files.readString(PAGE);
        try (Scheduler scheduler = Scheduler.builder().workers(1).build();
                Recording recording = new Recording()) {
            assertThat(scheduler.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
            recording.start();
            assertThat(FlightRecorder.getFlightRecorder().getEventTypes())
                    .extracting(EventType::getName)
                    .filteredOn(name -> name.startsWith("dev.magpie."))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        }
    }
}
