package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecorderTest {

    @TempDir private Path folder;

    private List<RecordedEvent> dump(Recording recording, String name) throws IOException {
        return dumpNamed(recording, "dev.magpie." + name);
    }

    private List<RecordedEvent> dumpNamed(Recording recording, String name) throws IOException {
        Path file = folder.resolve(name + ".jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    private static Recording recording(String name) {
        Recording recording = new Recording();
        recording.enable("dev.magpie." + name).withThreshold(Duration.ZERO);
        return recording;
    }

    private static void awaitParked(Scheduler scheduler) {
        Awaitility.await()
                .until(() -> scheduler.stats().parkedWorkers() == scheduler.getParallelism());
    }

    /** Takes time by the recorder's own clock, which differs from the virtual machine's. */
    @Name("test.Span")
    static final class Span extends Event {}

    private static final class Named implements Runnable {

        @Override
        public void run() {}
    }

    @Test
    void longTasksNameWhatRan() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).name("flown").build();
                Recording recording = recording("LongTask")) {
            scheduler.execute(() -> {}); // the event class is there before the recorder
            awaitParked(scheduler);
            recording.start();
            scheduler.execute(new Named());
            awaitParked(scheduler);
            recording.stop();
            List<RecordedEvent> events = dump(recording, "LongTask");
            assertThat(events).hasSize(1);
            RecordedEvent event = events.get(0);
            assertThat(event.getClass("taskClass").getName()).isEqualTo(Named.class.getName());
            assertThat(event.getInt("worker")).isZero();
            assertThat(event.getThread().getJavaName()).isEqualTo("flown-worker-0");
            assertThat(event.getDuration()).isPositive();
        }
    }

    @Test
    void shortTasksAreNotLongTasks() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build();
                Recording recording = new Recording()) {
            recording.enable("dev.magpie.LongTask").withThreshold(Duration.ofMinutes(1));
            recording.start();
            assertThat(scheduler.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
            awaitParked(scheduler);
            recording.stop();
            assertThat(dump(recording, "LongTask")).isEmpty();
        }
    }

    @Test
    void parksLastUntilTheNextWork() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build();
                Recording recording = recording("Park")) {
            recording.start();
            assertThat(scheduler.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
            awaitParked(scheduler);
            Awaitility.await()
                    .until(() -> scheduler.stats().parkNanos() > Duration.ofMillis(5).toNanos());
            assertThat(scheduler.submit(() -> 2).get(30, SECONDS)).isEqualTo(2);
            recording.stop();
            assertThat(dump(recording, "Park"))
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.getInt("worker")).isZero());
        }
    }

    @Test
    void submissionsWaitFromTheirEnqueueingToTheirStart() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build();
                Recording recording = recording("SubmissionWait")) {
            recording.enable(Span.class).withThreshold(Duration.ZERO);
            recording.start();
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            scheduler.execute(
                    () -> {
                        started.countDown();
                        await(release);
                    });
            assertThat(started.await(30, SECONDS)).isTrue();
            Span whole = new Span();
            whole.begin();
            Future<Integer> waits = scheduler.submit(() -> 1);
            Future<Integer> cancelled = scheduler.submit(() -> 2);
            Span inside = new Span();
            inside.begin();
            assertThat(cancelled.cancel(false)).isTrue();
            long start = System.nanoTime();
            while (System.nanoTime() - start < 10_000_000) {
                Thread.onSpinWait();
            }
            inside.commit();
            release.countDown();
            assertThat(waits.get(30, SECONDS)).isEqualTo(1);
            whole.commit();
            awaitParked(scheduler);
            recording.stop();
            List<Long> spans =
                    dumpNamed(recording, "test.Span").stream()
                            .map(event -> event.getDuration().toNanos())
                            .toList();
            assertThat(spans).hasSize(2);
            List<RecordedEvent> events = dump(recording, "SubmissionWait");
            assertThat(events).hasSize(2); // the cancelled one never started
            long longest =
                    events.stream()
                            .mapToLong(event -> event.getDuration().toNanos())
                            .max()
                            .orElse(0);
            assertThat(longest).isBetween(spans.get(0), spans.get(1));
        }
    }

    @Test
    void stealsNameBothWorkers() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(2).build();
                Recording recording = recording("Steal")) {
            recording.start();
            long deadline = System.nanoTime() + SECONDS.toNanos(60);
            while (scheduler.stats().steals() == 0 && System.nanoTime() < deadline) {
                CountDownLatch both = new CountDownLatch(2);
                Object unused =
                        scheduler
                                .submit(
                                        () -> {
                                            Task<?> other = Task.adapt(() -> meet(both)).fork();
                                            meet(both);
                                            return other.join();
                                        })
                                .get(30, SECONDS);
            }
            awaitParked(scheduler);
            recording.stop();
            List<RecordedEvent> events = dump(recording, "Steal");
            assertThat(events).hasSize((int) scheduler.stats().steals());
            assertThat(events)
                    .isNotEmpty()
                    .allSatisfy(
                            event ->
                                    assertThat(event.getInt("worker") + event.getInt("victim"))
                                            .isEqualTo(1));
        }
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        await(both);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- in a virtual machine of its own

    private static String runProgram(String... flags) throws Exception {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(flags));
        line.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
        line.add(Program.class.getName());
        Path output = Files.createTempFile("magpie", ".txt");
        Process process =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(60, SECONDS)).isTrue();
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }

    /** Uses all that emits events, and tells which of the optional modules it woke up. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) throws Exception {
            try (Scheduler scheduler =
                    Scheduler.builder().workers(2).pinning(Pinning.NONE).build()) {
                Timeline timeline = scheduler.trace();
                for (int i = 0; i < 1000; i++) {
                    Task<Integer> task = Task.adapt(() -> 1);
                    Object unused = scheduler.submit(() -> task.fork().join()).get(30, SECONDS);
                    scheduler.execute(() -> {});
                }
                timeline.stop();
                System.out.println("forks " + scheduler.stats().forks());
            }
            boolean hasRecorder = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
            System.out.println("jfr " + (hasRecorder ? Flight.state() : "absent"));
            boolean hasManagement = ModuleLayer.boot().findModule("java.management").isPresent();
            if (!hasManagement) {
                try {
                    Object unused = Scheduler.builder().jmx(true);
                } catch (UnsupportedOperationException ex) {
                    System.out.println("refused: " + ex.getMessage());
                }
            }
        }
    }

    /** Loaded only where the module is. */
    private static final class Flight {

        static String state() {
            return jdk.jfr.FlightRecorder.isInitialized() ? "initialized" : "asleep";
        }
    }

    @Test
    void worksWithoutFlightRecorderAndManagement() throws Exception {
        assertThat(runProgram("--limit-modules", "java.base,jdk.unsupported"))
                .contains("forks 1000", "jfr absent")
                .contains("refused: jmx needs the module java.management")
                .doesNotContain("Exception in", "NoClassDefFoundError");
    }

    @Test
    void doesNotWakeTheRecorderUp() throws Exception {
        assertThat(runProgram()).contains("forks 1000", "jfr asleep");
    }

    /** Each would take longer than all else that a pool starts with. */
    @Test
    void loadsNeitherEventsNorLoggersThatNobodyListensTo() throws Exception {
        assertThat(runProgram("-Xlog:class+load"))
                .contains("forks 1000", "dev.magpie.scheduler.Worker ")
                .doesNotContain(
                        "jdk.jfr.Event ",
                        "ParkEvent",
                        "LongTaskEvent",
                        "java.util.logging.Logger ");
    }
}
